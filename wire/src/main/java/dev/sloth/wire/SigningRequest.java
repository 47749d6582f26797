package dev.sloth.wire;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// A request for a certificate: a public key, and the proof that the one who asks has the other
/// half.
public final class SigningRequest {
    private static final X500Principal NOBODY = new X500Principal("CN=sloth-runner");

    private SigningRequest() {}

    public static byte[] make(KeyPair pair) {
        try {
            var signer = new JcaContentSignerBuilder(Keys.SIGNATURE).build(pair.getPrivate());
            return new JcaPKCS10CertificationRequestBuilder(NOBODY, pair.getPublic())
                    .build(signer)
                    .getEncoded();
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot sign with our own key", e);
        }
    }

    /// The key in a request that was signed with it.
    ///
    /// @throws dev.sloth.api.workflow.Problems when it was not, or is of another kind
    public static PublicKey key(byte[] request) {
        var found = read(request).orElseThrow(() -> unusable("cannot be read"));
        if (!found.signed() || !Keys.isOurKind(found.key())) {
            throw unusable("is not signed with its own key, or that is no key on P-256");
        }
        return found.key();
    }

    private record Found(PublicKey key, boolean signed) {}

    /// Nothing when it is malformed: then the library throws whatever it comes upon.
    private static Optional<Found> read(byte[] request) {
        try {
            var read = new JcaPKCS10CertificationRequest(request);
            var key = read.getPublicKey();
            var verifier = new JcaContentVerifierProviderBuilder().build(key);
            return Optional.of(new Found(key, read.isSignatureValid(verifier)));
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | RuntimeException _) {
            return Optional.empty();
        }
    }

    private static RuntimeException unusable(String why) {
        return WireProblems.of(
                WireProblems.BAD_REQUEST,
                "the request for a certificate " + why,
                "let `sloth-runner agent start` make it, of the same version as the master");
    }
}
