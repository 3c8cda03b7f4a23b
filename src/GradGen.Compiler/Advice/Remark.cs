using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Advice;

/// <summary>Something in a differentiable method that compiles and is worth a word.</summary>
internal sealed record Remark(DiagnosticDescriptor Descriptor, ExpressionSyntax Expression, string Message, ImmutableArray<Repair> Repairs);
