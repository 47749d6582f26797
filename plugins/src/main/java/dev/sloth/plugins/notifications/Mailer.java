package dev.sloth.plugins.notifications;

import dev.sloth.plugins.value.Failures;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Writes a mail and hands it to its server. Names of the mail library stand in this class alone,
/// so that it is loaded for mails only.
final class Mailer {
    private final Email.Server server;
    private final Session session;

    private Mailer(Email.Server server) throws IOException {
        this.server = server;
        this.session = Session.getInstance(settings(server));
    }

    /// Gives the mail's id.
    ///
    /// @throws IOException when the server did not take it, without the password
    static String send(Email.Server server, Email.Mail mail, Instant time)
            throws IOException, InterruptedException {
        try {
            var mailer = new Mailer(server);
            var message = mailer.message(mail, time);
            return stoppable(() -> mailer.handOver(message));
        } catch (AddressException e) {
            throw new IOException("not an address: " + e.getRef() + ": " + e.getMessage(), e);
        } catch (MessagingException e) {
            throw new IOException(failure(server, e), e);
        }
    }

    /// The library hears no interrupt, but a virtual thread's sockets do.
    private static String stoppable(Callable<String> work)
            throws IOException, InterruptedException, MessagingException {
        var task = new FutureTask<>(work);
        var thread = Thread.ofVirtual().start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MessagingException m) {
                throw m;
            }
            throw new IOException("the mail was not sent: " + words(e.getCause()), e);
        } finally {
            thread.interrupt();
        }
    }

    private static String words(@Nullable Throwable e) {
        return e instanceof IOException io
                ? Failures.sentence(io)
                : e == null || e.getMessage() == null ? "no reason given" : e.getMessage();
    }

    private static String failure(Email.Server server, MessagingException e) {
        var said = new StringBuilder(String.valueOf(e.getMessage()));
        var next = e.getNextException();
        while (next != null) {
            said.append(": ").append(words(next));
            next = next instanceof MessagingException m ? m.getNextException() : null;
        }
        var text = said.toString().strip();
        var shown = server.password().isEmpty() ? text : text.replace(server.password(), "***");
        return server + " did not take the mail: " + shown;
    }

    private static Properties settings(Email.Server server) throws IOException {
        var settings = new Properties();
        settings.put("mail.smtp.host", server.host());
        settings.put("mail.smtp.port", Integer.toString(server.port()));
        settings.put("mail.smtp.auth", Boolean.toString(!server.user().isEmpty()));
        settings.put("mail.smtp.ssl.checkserveridentity", "true");
        settings.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
        settings.put("mail.smtp.allow8bitmime", "true");
        var millis = Long.toString(Math.min(Integer.MAX_VALUE, server.timeout().toMillis()));
        for (var name : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            settings.put("mail.smtp." + name, millis);
        }
        switch (server.security()) {
            case STARTTLS -> {
                settings.put("mail.smtp.starttls.enable", "true");
                settings.put("mail.smtp.starttls.required", "true");
            }
            case TLS -> settings.put("mail.smtp.ssl.enable", "true");
            case NONE -> settings.put("mail.smtp.starttls.enable", "false");
        }
        if (server.authority().isPresent()) {
            settings.put("mail.smtp.ssl.socketFactory", trusting(server.authority().get()));
        }
        return settings;
    }

    private static SSLSocketFactory trusting(Path authority) throws IOException {
        try (var in = Files.newInputStream(authority)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int n = 0;
            for (var certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority" + n++, certificate);
            }
            var managers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException("ca_file holds no certificate that can be used", e);
        }
    }

    private MimeMessage message(Email.Mail mail, Instant time) throws MessagingException {
        var message = new MimeMessage(session);
        message.setFrom(new InternetAddress(mail.from(), true));
        for (var each : mail.recipients().entrySet()) {
            var type =
                    switch (each.getKey()) {
                        case "To" -> Message.RecipientType.TO;
                        case "Cc" -> Message.RecipientType.CC;
                        default -> Message.RecipientType.BCC;
                    };
            for (var address : each.getValue()) {
                message.addRecipient(type, new InternetAddress(address, true));
            }
        }
        if (!mail.replyTo().isEmpty()) {
            message.setReplyTo(new InternetAddress[] {new InternetAddress(mail.replyTo(), true)});
        }
        message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(time));
        content(message, mail);
        message.saveChanges();
        return message;
    }

    private static void content(MimeMessage message, Email.Mail mail) throws MessagingException {
        if (mail.attached().isEmpty() && mail.html().isEmpty()) {
            message.setText(mail.text(), StandardCharsets.UTF_8.name());
            return;
        }
        var all = new MimeMultipart("mixed");
        all.addBodyPart(letters(mail));
        for (var file : mail.attached()) {
            var part = new MimeBodyPart();
            part.setDataHandler(
                    new DataHandler(new ByteArrayDataSource(file.content(), file.type())));
            part.setFileName(file.name());
            all.addBodyPart(part);
        }
        message.setContent(all);
    }

    /// The text, the HTML, or both to choose from.
    private static MimeBodyPart letters(Email.Mail mail) throws MessagingException {
        var choice = new MimeMultipart("alternative");
        if (!mail.text().isEmpty()) {
            var text = new MimeBodyPart();
            text.setText(mail.text(), StandardCharsets.UTF_8.name());
            choice.addBodyPart(text);
        }
        if (!mail.html().isEmpty()) {
            var html = new MimeBodyPart();
            html.setText(mail.html(), StandardCharsets.UTF_8.name(), "html");
            choice.addBodyPart(html);
        }
        var part = new MimeBodyPart();
        part.setContent(choice);
        return part;
    }

    private String handOver(MimeMessage message) throws MessagingException {
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(
                    server.host(),
                    server.port(),
                    server.user().isEmpty() ? null : server.user(),
                    server.user().isEmpty() ? null : server.password());
            transport.sendMessage(message, message.getAllRecipients());
        }
        return message.getMessageID();
    }
}
