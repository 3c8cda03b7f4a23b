using System.Reflection;
using System.Reflection.Emit;

namespace GradGen.GradientTests.Called;

/// <summary>
/// Calls methods as compiled code does: what takes a span is given an array, which reflection could not convert, and
/// exceptions come through as they are.
/// </summary>
internal static class Invoker
{
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<MethodInfo, Func<object?, object?[], object?>> Known = [];

    public static object? Invoke(MethodInfo method, object? receiver, params object?[] arguments) =>
        Known.GetValue(method, Compile)(receiver, arguments);

    /// <summary>The type of what is passed for a parameter: of a span an array.</summary>
    public static Type ArgumentType(ParameterInfo parameter)
    {
        var type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        return type.IsByRefLike ? type.GetGenericArguments()[0].MakeArrayType() : type;
    }

    private static Func<object?, object?[], object?> Compile(MethodInfo method)
    {
        var dynamic = new DynamicMethod("Invoke", typeof(object), [typeof(object), typeof(object[])], typeof(Invoker).Module, skipVisibility: true);
        var il = dynamic.GetILGenerator();
        if (!method.IsStatic)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(method.DeclaringType!.IsValueType ? OpCodes.Unbox : OpCodes.Castclass, method.DeclaringType);
        }

        foreach (var parameter in method.GetParameters())
        {
            var passed = ArgumentType(parameter);
            var type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldc_I4, parameter.Position);
            il.Emit(OpCodes.Ldelem_Ref);
            il.Emit(OpCodes.Unbox_Any, passed);
            if (passed != type)
            {
                il.Emit(OpCodes.Call, type.GetMethod("op_Implicit", [passed])!);
            }

            if (parameter.ParameterType.IsByRef)
            {
                var local = il.DeclareLocal(type);
                il.Emit(OpCodes.Stloc, local);
                il.Emit(OpCodes.Ldloca, local);
            }
        }

        il.Emit(method.IsVirtual && !method.DeclaringType!.IsValueType ? OpCodes.Callvirt : OpCodes.Call, method);
        if (method.ReturnType == typeof(void))
        {
            il.Emit(OpCodes.Ldnull);
        }
        else if (method.ReturnType.IsValueType)
        {
            il.Emit(OpCodes.Box, method.ReturnType);
        }

        il.Emit(OpCodes.Ret);
        return dynamic.CreateDelegate<Func<object?, object?[], object?>>();
    }
}
