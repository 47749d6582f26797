package dev.sloth.lua.hot;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_STATIC;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The objects that a class refers to: final fields of it, which the JVM's compilers trust.
final class Pool {
    private record Entry(Object value, ClassDesc type) {}

    private final ClassDesc owner;
    private final List<Entry> entries = new ArrayList<>();
    private final IdentityHashMap<Object, Map<ClassDesc, Integer>> known = new IdentityHashMap<>();

    Pool(ClassDesc owner) {
        this.owner = owner;
    }

    /// The class that is made.
    ClassDesc owner() {
        return owner;
    }

    /// Puts an object on the operand stack.
    void load(CodeBuilder code, Object value, ClassDesc type) {
        int at =
                known.computeIfAbsent(value, _ -> new java.util.HashMap<>())
                        .computeIfAbsent(
                                type,
                                _ -> {
                                    entries.add(new Entry(value, type));
                                    return entries.size() - 1;
                                });
        code.getstatic(owner, "k" + at, type);
    }

    Object[] constants() {
        return entries.stream().map(Entry::value).toArray();
    }

    /// Declares the fields and what fills them.
    void declare(ClassBuilder made) {
        for (int i = 0; i < entries.size(); i++) {
            made.withField("k" + i, entries.get(i).type(), ACC_STATIC | ACC_FINAL);
        }
        made.withMethodBody(
                ConstantDescs.CLASS_INIT_NAME, ConstantDescs.MTD_void, ACC_STATIC, this::fill);
    }

    private void fill(CodeBuilder code) {
        var handles = ConstantDescs.CD_MethodHandles;
        var lookup = ConstantDescs.CD_MethodHandles_Lookup;
        code.invokestatic(handles, "lookup", Names.type(lookup))
                .loadConstant(ConstantDescs.DEFAULT_NAME)
                .loadConstant(Names.OBJECTS)
                .invokestatic(
                        handles,
                        "classData",
                        Names.type(
                                Names.OBJECT,
                                lookup,
                                ConstantDescs.CD_String,
                                ConstantDescs.CD_Class))
                .checkcast(Names.OBJECTS)
                .astore(0);
        for (int i = 0; i < entries.size(); i++) {
            code.aload(0)
                    .loadConstant(i)
                    .aaload()
                    .checkcast(entries.get(i).type())
                    .putstatic(owner, "k" + i, entries.get(i).type());
        }
        code.return_();
    }
}
