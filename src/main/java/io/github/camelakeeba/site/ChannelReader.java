package io.github.camelakeeba.site;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.util.Set;

/** One entry of {@code channels} as a {@link Channel}. */
final class ChannelReader {
  private final SecretReader secrets;

  ChannelReader(SecretReader secrets) {
    this.secrets = secrets;
  }

  Channel mail(String name, Section mail) {
    Secret password = secrets.read(mail, "password");
    boolean withPassword = mail.holder("password", "passwordFile") != null;
    if (mail.has("username") && !withPassword) {
      mail.problem("username", "stands without 'password' or 'passwordFile'");
    }
    if (withPassword && !mail.has("username")) {
      String key = mail.has("password") ? "password" : "passwordFile";
      mail.problem(key, "stands without 'username'");
    }
    return new Channel.Mail(
        name,
        mail.parsed("smtp", ChannelReader::smtp),
        mail.text("username"),
        password,
        mail.parsed("from", ChannelReader::address),
        mail.list("to", ChannelReader::address),
        mail.list("cc", ChannelReader::address),
        mail.list("bcc", ChannelReader::address));
  }

  Channel webhook(String name, Section webhook) {
    Secret url = secrets.read(webhook, "url");
    if (webhook.holder("url", "urlFile") == null) {
      webhook.problem("url", "'url' is missing; write where the event is posted, or 'urlFile'");
    }
    if (url != null) {
      // after the file is read: a sentence about its text belongs to the key that stands there
      String key = webhook.has("url") ? "url" : "urlFile";
      webhook.parsed(key, any -> posted(url));
    }
    return new Channel.Webhook(name, url);
  }

  private static Secret posted(Secret url) {
    if (WebAddress.parse(url.reveal(), Set.of("http", "https")).userInfo() != null) {
      throw new IllegalArgumentException(
          "must not hold user:password@; not supported by this version");
    }
    return url;
  }

  private static URI smtp(String text) {
    WebAddress server = WebAddress.parse(text, Set.of("smtp", "smtps"));
    URI uri = server.uri();
    if (server.userInfo() != null) {
      throw new IllegalArgumentException(
          "must not hold user:password@; write them under 'username' and 'password'");
    }
    if (!uri.getRawSchemeSpecificPart().matches("//[^/?]+/?")) {
      throw new IllegalArgumentException("must be smtp://host:port or smtps://host:port, no more");
    }
    int usual = "smtps".equals(uri.getScheme()) ? 465 : 25;
    int port = uri.getPort() < 0 ? usual : uri.getPort();
    return URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + port);
  }

  private static String address(String text) {
    try {
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw new AddressException("control character");
      }
      new InternetAddress(text, true);
      return text;
    } catch (AddressException e) {
      throw new IllegalArgumentException(
          "is not a mail address; write one such as ops@example.com or Ops <ops@example.com>", e);
    }
  }
}
