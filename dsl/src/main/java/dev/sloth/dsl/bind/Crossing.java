package dev.sloth.dsl.bind;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.workflow.Problems;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaState;
import java.io.IOException;

/// A call from Lua into the host, and what becomes of its failures: Lua errors at the place of the
/// call, or the end of the script when it was interrupted.
final class Crossing {
    private Crossing() {}

    /// What the host does.
    @FunctionalInterface
    interface Deed {
        double run() throws InterruptedException, IOException;
    }

    static double guarded(Border border, String name, Deed deed) {
        LuaState s = border.state();
        try {
            return deed.run();
        } catch (CallFailure | IllegalArgumentException e) {
            throw raised(s, text(e), e);
        } catch (IOException e) {
            throw raised(s, described(e), e);
        } catch (ScriptFailure e) {
            throw again(border, e);
        } catch (InterruptedException e) {
            throw stopped(s, e);
        } catch (LuaError | Problems e) {
            throw e;
        } catch (RuntimeException e) {
            throw raised(s, "internal error in '" + name + "': " + e, e);
        }
    }

    private static LuaError raised(LuaState s, String message, Exception cause) {
        return new LuaError(s.where(1) + message, cause);
    }

    private static String text(Exception e) {
        var message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /// File exceptions carry but the name as their message; say what happened to it.
    private static String described(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException f -> f.getFile() + ": no such file or directory";
            case java.nio.file.AccessDeniedException f -> f.getFile() + ": permission denied";
            case java.nio.file.FileAlreadyExistsException f -> f.getFile() + ": exists already";
            case java.nio.file.DirectoryNotEmptyException f -> f.getFile() + ": is not empty";
            case java.nio.file.NotDirectoryException f -> f.getFile() + ": not a directory";
            default -> text(e);
        };
    }

    /// A script's own error that went through the host goes on as it was.
    private static LuaError again(Border border, ScriptFailure e) {
        if (e.getCause() instanceof LuaError error) {
            return error;
        }
        double d = border.toLua(e.value());
        return new LuaError(d, border.state().out);
    }

    private static Error stopped(LuaState s, InterruptedException e) {
        s.fibers().kill("interrupted");
        try {
            s.fibers().throwIfKilled();
        } catch (dev.sloth.lua.value.LuaKilled killed) {
            killed.addSuppressed(e);
            return killed;
        }
        throw new IllegalStateException("a killed state goes on", e);
    }
}
