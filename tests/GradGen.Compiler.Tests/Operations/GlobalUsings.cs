// The runtime has internal classes of the same names, which these tests see, too.
global using LossRows = GradGen.Compiler.Operations.Losses;
global using ProductRows = GradGen.Compiler.Operations.Products;
global using ReductionRows = GradGen.Compiler.Operations.Reductions;
