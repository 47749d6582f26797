package dev.sloth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.Problem;
import io.grpc.Status;
import io.grpc.StatusException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.LinkedHashMap;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final MasterAddress MASTER = new MasterAddress("m", 1);

    private static String code(Throwable cause) {
        StatusException failure = Status.UNAVAILABLE.withCause(cause).asException();
        return Refusals.read(failure, MASTER).list().getFirst().code();
    }

    private static Problem unanswered(Throwable cause) {
        return Refusals.read(Status.UNAVAILABLE.withCause(cause).asException(), MASTER)
                .list()
                .getFirst();
    }

    @Test
    void why_nobody_answers_is_told_in_plain_words_with_a_remedy_for_each() {
        var told = new LinkedHashMap<String, Throwable>();
        told.put(
                "connection refused",
                new IOException(
                        new ConnectException(
                                "finishConnect(..) failed with error(-111): Connection refused:"
                                        + " /127.0.0.1:1")));
        told.put("unknown host", new UnknownHostException("nowhere: Name or service not known"));
        told.put(
                "no route to host",
                new ConnectException(
                        "finishConnect(..) failed with error(-113): No route to host: /10.0.0.1:1"));
        told.put(
                "no answer in time",
                new ConnectException("connection timed out after 10000 ms: /10.0.0.1:1"));
        told.put("what answers there is no master", new SSLException("not an SSL/TLS record: 48"));
        told.put(
                "the connection broke",
                new IOException(
                        "recvAddress(..) failed with error(-104): Connection reset by peer"));
        told.forEach((words, cause) ->
                assertThat(unanswered(cause).message())
                        .isEqualTo("the master at m:1 does not answer: " + words));
        assertThat(told.values().stream().map(cause -> unanswered(cause).remedy()))
                .doesNotHaveDuplicates();
        assertThat(unanswered(new UnknownHostException("m")).remedy()).contains("--master", "DNS");
    }

    @Test
    void an_answer_that_does_not_come_in_time_and_a_network_without_words_are_told_plainly() {
        var late = Status.DEADLINE_EXCEEDED.withDescription("deadline exceeded after 9.9s");
        assertThat(Refusals.read(late.asException(), MASTER).list().getFirst().message())
                .endsWith("does not answer: no answer in time");
        assertThat(unanswered(new ConnectException("null: /10.0.0.1:1")).message())
                .endsWith("does not answer: no route to host");
        assertThat(unanswered(new IOException("something new")).message())
                .endsWith("does not answer: something new");
        var other = "bind(..) failed with error(-99): Cannot assign requested address";
        assertThat(unanswered(new IOException(other)).message())
                .endsWith("does not answer: Cannot assign requested address");
    }

    @Test
    void a_call_that_was_cut_and_a_fault_are_told_without_words_of_the_library() {
        var cut =
                Status.CANCELLED.withDescription(
                        "RST_STREAM closed stream. HTTP/2 error code: CANCEL");
        var told = Refusals.read(cut.asException(), MASTER).list().getFirst();
        assertThat(told.code()).isEqualTo(WireProblems.UNREACHABLE);
        assertThat(told.message()).isEqualTo("the call to the master at m:1 was broken off");
        var fault = Refusals.read(Status.INTERNAL.asException(), MASTER).list().getFirst();
        assertThat(fault.code()).isEqualTo(WireProblems.MASTER_FAULT);
        assertThat(fault.message()).endsWith("could not do this: internal");
    }

    @Test
    void a_call_on_a_connection_that_closes_at_that_moment_is_no_fault_of_the_master() {
        // The library knows no better when the other side was killed while the call was made.
        var closed =
                Status.UNKNOWN
                        .withDescription("channel closed")
                        .withCause(new ClosedChannelException());
        var told = Refusals.read(closed.asException(), MASTER).list().getFirst();
        assertThat(told.code()).isEqualTo(WireProblems.UNREACHABLE);
        assertThat(told.message()).isEqualTo("the call to the master at m:1 was broken off");
        assertThat(mayHaveCome(Status.UNKNOWN, new ClosedChannelException())).isTrue();
        var said = Status.UNKNOWN.withDescription("channel closed");
        assertThat(Refusals.read(said.asException(), MASTER).list().getFirst().code())
                .isEqualTo(WireProblems.MASTER_FAULT);
    }

    @Test
    void a_connection_that_breaks_while_hands_are_shaken_says_nothing_of_the_certificate() {
        assertThat(
                        code(
                                new SSLHandshakeException(
                                        "Connection closed while SSL/TLS handshake was in"
                                                + " progress")))
                .isEqualTo(WireProblems.UNREACHABLE);
        assertThat(code(new SSLException("SSLEngine closed already")))
                .isEqualTo(WireProblems.UNREACHABLE);
    }

    @Test
    void who_is_told_in_tls_that_its_certificate_is_over_is_none() {
        assertThat(
                        code(
                                new SSLHandshakeException(
                                        "error:10000415:SSL routines:OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_EXPIRED")))
                .isEqualTo(WireProblems.CERTIFICATE_OVER);
        assertThat(code(new SSLException("Received fatal alert: certificate_expired")))
                .isEqualTo(WireProblems.CERTIFICATE_OVER);
    }

    @Test
    void who_is_told_in_tls_that_it_is_not_wanted_is_a_stranger() {
        assertThat(
                        code(
                                new SSLHandshakeException(
                                        "error:10000418:SSL routines:OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA")))
                .isEqualTo(WireProblems.STRANGER);
        assertThat(code(new SSLException("Received fatal alert: certificate_unknown")))
                .isEqualTo(WireProblems.STRANGER);
    }

    private static boolean mayHaveCome(Status status, Throwable cause) {
        return Refusals.mayHaveCome(status.withCause(cause).asException(), MASTER);
    }

    @Test
    void what_nobody_heard_was_not_taken_and_of_what_was_not_answered_nobody_can_tell() {
        var refused = new IOException(new ConnectException("Connection refused: /127.0.0.1:1"));
        assertThat(mayHaveCome(Status.UNAVAILABLE, refused)).isFalse();
        assertThat(mayHaveCome(Status.UNAVAILABLE, new UnknownHostException("nowhere"))).isFalse();
        assertThat(mayHaveCome(Status.UNAVAILABLE, new IOException("Connection reset by peer")))
                .isTrue();
        assertThat(mayHaveCome(Status.DEADLINE_EXCEEDED, new IOException("deadline exceeded")))
                .isTrue();
        var told = WireProblems.problem(WireProblems.COMMAND_REFUSED, "no", "do not");
        assertThat(
                        Refusals.mayHaveCome(
                                new StatusException(Refusals.status(told), Refusals.trailers(told)),
                                MASTER))
                .isFalse();
    }
}
