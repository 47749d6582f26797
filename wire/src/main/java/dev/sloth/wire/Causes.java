package dev.sloth.wire;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What stands behind a failure, the nearest first.
final class Causes {
    /// As far as causes are looked through.
    private static final int MAX = 20;

    private Causes() {}

    static Stream<Throwable> of(Throwable failure) {
        return Stream.<@Nullable Throwable>iterate(
                        failure,
                        each -> each != null,
                        each -> each == null ? null : each.getCause())
                .limit(MAX)
                .flatMap(Stream::ofNullable);
    }

    static <T> Optional<T> first(Throwable failure, Class<T> kind) {
        return of(failure).filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /// What the other side said in TLS when it does not want us, in small letters: a connection
    /// that only broke while hands were shaken says nothing of the certificate.
    static Stream<String> alerts(Throwable failure) {
        return of(failure)
                .filter(SSLException.class::isInstance)
                .map(each -> String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT))
                .filter(message -> message.contains("alert"));
    }
}
