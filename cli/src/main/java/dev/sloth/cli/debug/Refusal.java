package dev.sloth.cli.debug;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.lua.debug.Gone;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseMessage;

/// Answers of requests, and what is said instead of an answer.
final class Refusal {
    /// Where in a message something cannot be read, as the library's exceptions say it.
    private static final Pattern PLACE = Pattern.compile("path \\$\\.([\\w.\\[\\]]+)");

    private Refusal() {}

    /// A request that cannot be answered, and why.
    static ResponseErrorException of(String why) {
        return new ResponseErrorException(
                new ResponseError(ResponseErrorCode.InvalidParams, why, null));
    }

    /// Does what a request asks for; whatever goes wrong becomes words for the editor.
    static <T> CompletableFuture<T> or(Supplier<T> answer) {
        try {
            return CompletableFuture.completedFuture(answer.get());
        } catch (ResponseErrorException e) {
            return CompletableFuture.failedFuture(e);
        } catch (RuntimeException | StackOverflowError e) {
            return CompletableFuture.failedFuture(new ResponseErrorException(error(e)));
        }
    }

    /// What is said of a request that nobody has answered: of those of the protocol that this
    /// debugger does not know, the library says that they are not supported.
    static ResponseError unanswered(Throwable thrown) {
        return thrown instanceof UnsupportedOperationException
                ? new ResponseError(
                        ResponseErrorCode.MethodNotFound,
                        "this debugger does not do that: the answer to initialize says what it can",
                        null)
                : error(thrown);
    }

    /// Says in words what the library says of arguments that it cannot read.
    static void reword(ResponseMessage answer) {
        var error = answer.getError();
        if (error == null || error.getData() == null) {
            return;
        }
        var where = PLACE.matcher(error.getData().toString());
        error.setMessage(
                "the arguments of this request are not what the protocol says"
                        + (where.find() ? ": see " + where.group(1) : ""));
        error.setData(null);
    }

    static ResponseError error(Throwable thrown) {
        return switch (thrown) {
            case ResponseErrorException refused -> refused.getResponseError();
            case CompletionException wrapped when wrapped.getCause() != null ->
                    error(wrapped.getCause());
            case Problems problems ->
                    new ResponseError(ResponseErrorCode.InvalidParams, words(problems), null);
            case Gone gone ->
                    new ResponseError(
                            ResponseErrorCode.InvalidRequest,
                            String.valueOf(gone.getMessage()),
                            null);
            default ->
                    new ResponseError(
                            ResponseErrorCode.InternalError, "a fault of ours: " + thrown, null);
        };
    }

    private static String words(Problems problems) {
        return problems.list().stream().map(Refusal::words).collect(Collectors.joining("\n"));
    }

    private static String words(Problem problem) {
        return "%s (%s): %s".formatted(problem.message(), problem.code(), problem.remedy());
    }
}
