package dev.sloth.wire;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who the holder of a certificate is, as the only URI in it says.
public sealed interface Identity {
    /// What separates the certificates of one authority from those of others.
    String trustDomain();

    String uri();

    /// @param id never used again
    record Agent(String trustDomain, String namespace, String id) implements Identity {
        @Override
        public String uri() {
            return "spiffe://%s/ns/%s/agent/%s".formatted(trustDomain, namespace, id);
        }
    }

    /// Somebody who may do everything.
    record Administrator(String trustDomain, String name) implements Identity {
        @Override
        public String uri() {
            return "spiffe://%s/admin/%s".formatted(trustDomain, name);
        }
    }

    /// Somebody whose role stands with the master.
    record User(String trustDomain, String name) implements Identity {
        @Override
        public String uri() {
            return "spiffe://%s/user/%s".formatted(trustDomain, name);
        }
    }

    record Master(String trustDomain, String id) implements Identity {
        @Override
        public String uri() {
            return "spiffe://%s/master/%s".formatted(trustDomain, id);
        }
    }

    /// The authority itself, which neither serves nor calls.
    record Authority(String trustDomain) implements Identity {
        @Override
        public String uri() {
            return "spiffe://" + trustDomain;
        }
    }

    /// Nothing when the certificate says none of these, or more than one.
    static Optional<Identity> of(X509Certificate certificate) {
        final int uriName = 6;
        try {
            var names = certificate.getSubjectAlternativeNames();
            if (names == null || names.size() != 1) {
                return Optional.empty();
            }
            var name = names.iterator().next();
            return Integer.valueOf(uriName).equals(name.get(0))
                    ? read(String.valueOf(name.get(1)))
                    : Optional.empty();
        } catch (CertificateParsingException _) {
            return Optional.empty();
        }
    }

    /// Nothing when it is the URI of none of these.
    static Optional<Identity> read(String uri) {
        var asAgent = Form.AGENT.matcher(uri);
        if (asAgent.matches()) {
            // All agents of a master share these two, and are held as long as they are connected.
            var domain = asAgent.group(1).intern();
            var namespace = asAgent.group(2).intern();
            return Optional.of(new Agent(domain, namespace, asAgent.group(3)));
        }
        var asOther = Form.OTHER.matcher(uri);
        if (!asOther.matches()) {
            return Optional.empty();
        }
        var domain = asOther.group(1);
        var kind = asOther.group(2);
        if (kind == null) {
            return Optional.of(new Authority(domain));
        }
        var name = asOther.group(3);
        return Optional.of(
                switch (kind) {
                    case "admin" -> new Administrator(domain, name);
                    case "user" -> new User(domain, name);
                    default -> new Master(domain, name);
                });
    }

    /// How the URIs are written.
    final class Form {
        private static final String WORD = "([A-Za-z0-9._-]+)";
        private static final Pattern AGENT =
                Pattern.compile("spiffe://" + WORD + "/ns/" + WORD + "/agent/" + WORD);
        private static final Pattern OTHER =
                Pattern.compile("spiffe://" + WORD + "(?:/(admin|user|master)/" + WORD + ")?");

        private Form() {}
    }
}
