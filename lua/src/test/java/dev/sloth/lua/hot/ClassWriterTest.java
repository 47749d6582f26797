package dev.sloth.lua.hot;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ConstantDescs;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What becomes of code that makes no class.
class ClassWriterTest {
    private static final int BEYOND = 70_000;

    private static ClassText written(Consumer<CodeBuilder> code) {
        return ClassWriter.written(
                "f",
                ConstantDescs.CD_Object,
                (made, _) ->
                        made.withMethodBody(
                                "run", ConstantDescs.MTD_void, ClassFile.ACC_STATIC, code));
    }

    @Test
    void a_method_or_constants_beyond_what_a_class_may_have_are_too_large() {
        assertThatThrownBy(() ->
                        written(code -> {
                            for (int i = 0; i < BEYOND; i++) {
                                code.nop();
                            }
                            code.return_();
                        }))
                .isInstanceOf(TooLarge.class);
        assertThatThrownBy(() ->
                        written(code -> {
                            for (int i = 0; i < BEYOND; i++) {
                                code.loadConstant("c" + i).pop();
                            }
                            code.return_();
                        }))
                .isInstanceOf(TooLarge.class);
    }

    @Test
    void wrong_code_is_not_taken_for_too_large() {
        assertThatThrownBy(() -> written(code -> code.iadd().return_()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("underflow");
    }
}
