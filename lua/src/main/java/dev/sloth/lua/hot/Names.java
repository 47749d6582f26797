package dev.sloth.lua.hot;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// What classes that are made call things by.
final class Names {
    static final ClassDesc OBJECT = ConstantDescs.CD_Object;
    static final ClassDesc DOUBLE = ConstantDescs.CD_double;
    static final ClassDesc INT = ConstantDescs.CD_int;
    static final ClassDesc LONG = ConstantDescs.CD_long;
    static final ClassDesc BOOLEAN = ConstantDescs.CD_boolean;
    static final ClassDesc VOID = ConstantDescs.CD_void;
    static final ClassDesc NUMBERS = DOUBLE.arrayType();
    static final ClassDesc OBJECTS = OBJECT.arrayType();
    static final ClassDesc BOXED_BOOLEAN = ConstantDescs.CD_Boolean;

    static final ClassDesc STATE = value("LuaState");
    static final ClassDesc VALUES = value("LuaValues");
    static final ClassDesc NIL = value("LuaNil");
    static final ClassDesc TABLE = value("LuaTable");
    static final ClassDesc TABLE_ITEMS = value("TableItems");
    static final ClassDesc MULTI = value("Multi");
    static final ClassDesc ARITHMETIC = value("Arithmetic");
    static final ClassDesc STACK_ERROR = ClassDesc.of("java.lang.StackOverflowError");
    static final ClassDesc LUA_ERROR = value("LuaError");

    static final ClassDesc CODE = vm("Code");
    static final ClassDesc LOOP = vm("HotLoop");
    static final ClassDesc FRAME = vm("Frame");
    static final ClassDesc CLOSURE = vm("LuaClosure");
    static final ClassDesc PROTO = vm("Proto");
    static final ClassDesc CELL = vm("Cell");
    static final ClassDesc NODE = vm("Node");
    static final ClassDesc LISTS = vm("Values");
    static final ClassDesc LABEL = vm("Label");
    static final ClassDesc ONE = vm("Operation$One");
    static final ClassDesc TWO = vm("Operation$Two");
    static final ClassDesc MANY = vm("Operation$Many");
    static final ClassDesc QUESTION = vm("Operation$Question");
    static final ClassDesc CALLING = vm("Operation$Calling");
    static final ClassDesc BOUNDS = vm("Operation$Bounds");
    static final ClassDesc ITERATION = vm("Operation$Iteration");
    static final ClassDesc PUT_GLOBAL = vm("Operation$PutGlobal");
    static final ClassDesc PUT_FIELD = vm("Operation$PutField");
    static final ClassDesc PUT_ITEM = vm("Operation$PutItem");
    static final ClassDesc TABLE_NODE = vm("Constructors$Table");
    static final ClassDesc FUNCTION_NODE = vm("Constructors$Function");

    private Names() {}

    private static ClassDesc vm(String name) {
        return ClassDesc.of("dev.sloth.lua.vm." + name);
    }

    private static ClassDesc value(String name) {
        return ClassDesc.of("dev.sloth.lua.value." + name);
    }

    static MethodTypeDesc type(ClassDesc result, ClassDesc... parameters) {
        return MethodTypeDesc.of(result, parameters);
    }

    /// A method that takes these, then so many values, each as a number and an object.
    static MethodTypeDesc withPairs(ClassDesc result, int pairs, ClassDesc... first) {
        var all = new ClassDesc[first.length + 2 * pairs];
        System.arraycopy(first, 0, all, 0, first.length);
        for (int i = 0; i < pairs; i++) {
            all[first.length + 2 * i] = DOUBLE;
            all[first.length + 2 * i + 1] = OBJECT;
        }
        return MethodTypeDesc.of(result, all);
    }
}
