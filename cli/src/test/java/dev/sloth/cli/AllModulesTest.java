package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sloth.api.plugin.Module;
import dev.sloth.plugins.Plugins;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every module as a task of a script calls it, with nothing replaced.
@Timeout(120)
class AllModulesTest {
    @TempDir private Path folder;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", AllModulesTest::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        var body = "{\"method\":\"" + exchange.getRequestMethod() + "\"}";
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static String script() throws IOException {
        try (var in =
                Objects.requireNonNull(
                        AllModulesTest.class.getResourceAsStream("all_modules.sloth"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void each_does_in_a_task_what_it_promises() throws Exception {
        int port = server.getAddress().getPort();
        var answer =
                new Door(folder)
                        .file("all_modules.sloth", script())
                        .call(
                                "run",
                                "all_modules.sloth",
                                "--var",
                                "url=http://127.0.0.1:" + port + "/",
                                "--var",
                                "port=" + port);
        var names =
                Plugins.all().stream().map(Module::name).sorted().collect(Collectors.joining(" "));
        assertThat(answer.exit()).as(answer.out() + answer.err()).isZero();
        assertThat(answer.lines())
                .contains("[all] hi", "[all] printed\t7", "[all] checked\t" + names)
                .anyMatch(line -> line.startsWith("[all] INFO through the engine"));
    }
}
