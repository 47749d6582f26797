package dev.sloth.lua.hot;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.List;
import java.util.function.BiConsumer;

/// What all classes that are made have in common.
final class ClassWriter {
    /// The JVM does not compile longer methods.
    private static final int BYTES_MAX = 8_000;

    private static final int NAME_MAX = 40;

    /// What the messages about a method and about constants have in them.
    private static final List<String> OF_SIZE =
            List.of("is outside the allowed range", "is not a valid index");

    private static final ClassFile FILE =
            ClassFile.of(
                    ClassFile.ClassHierarchyResolverOption.of(
                            ClassHierarchyResolver.ofClassLoading(
                                    ClassWriter.class.getClassLoader())));

    private ClassWriter() {}

    /// Makes a class.
    ///
    /// @param function the name of what it is made of, for whoever looks at stacks and profiles
    /// @param methods writes them
    static ClassText written(
            String function, ClassDesc parent, BiConsumer<ClassBuilder, Pool> methods) {
        var owner = ClassDesc.of("dev.sloth.lua.vm.Hot_" + named(function));
        var pool = new Pool(owner);
        byte[] bytes;
        try {
            bytes =
                    FILE.build(
                            owner,
                            made -> {
                                made.withFlags(ClassFile.ACC_FINAL).withSuperclass(parent);
                                constructor(made, parent);
                                methods.accept(made, pool);
                                pool.declare(made);
                            });
        } catch (IllegalArgumentException e) {
            if (isOfSize(e)) {
                throw new TooLarge();
            }
            throw e;
        }
        check(bytes);
        return new ClassText(bytes, pool.constants());
    }

    /// Whether java.lang.classfile says that a method or the constants are beyond what a class may
    /// have. It has no exception of its own for that, and what else it refuses is wrong code.
    private static boolean isOfSize(IllegalArgumentException e) {
        var message = String.valueOf(e.getMessage());
        return OF_SIZE.stream().anyMatch(message::contains);
    }

    private static String named(String function) {
        var name = function.replaceAll("[^A-Za-z0-9_]", "_");
        return name.length() > NAME_MAX ? name.substring(0, NAME_MAX) : name;
    }

    private static void constructor(ClassBuilder made, ClassDesc parent) {
        made.withMethodBody(
                ConstantDescs.INIT_NAME,
                ConstantDescs.MTD_void,
                0,
                code ->
                        code.aload(0)
                                .invokespecial(
                                        parent, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                                .return_());
    }

    private static void check(byte[] bytes) {
        boolean large =
                FILE.parse(bytes).methods().stream()
                        .flatMap(method -> method.findAttribute(Attributes.code()).stream())
                        .anyMatch(code -> code.codeLength() > BYTES_MAX);
        if (large) {
            throw new TooLarge();
        }
    }
}
