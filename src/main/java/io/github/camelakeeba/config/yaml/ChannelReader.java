package io.github.camelakeeba.config.yaml;

import io.github.camelakeeba.config.AbsoluteUrl;
import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.secret.Secret;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.net.IDN;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** One entry of {@code channels} as a {@link Channel}. */
final class ChannelReader {
  private static final int MIN_MASKED = 8;
  private static final Pattern RESERVED_HEADERS =
      Pattern.compile(
          "(?i)host|connection|content-length|transfer-encoding|user-agent|x-backup-signature"
              + "|webhook-(id|timestamp|signature)");

  /** IDNA 2003, which Java has, maps these to other letters or none; IDNA 2008 does not. */
  private static final Pattern AMBIGUOUS = Pattern.compile("[\u00df\u1e9e\u03c2\u200c\u200d]");

  private final Path home;
  private final SecretReader secrets;
  private final Function<Path, String> templateError;

  ChannelReader(Path home, SecretReader secrets, Function<Path, String> templateError) {
    this.home = home;
    this.secrets = secrets;
    this.templateError = templateError;
  }

  Channel mail(String name, ConfigSection mail) {
    Secret password = secrets.read(mail, "password");
    boolean withPassword = mail.hasKeyOrFile("password");
    if (mail.has("username") && !withPassword) {
      mail.problem("username", "is set without 'password' or 'passwordFile'");
    }
    if (withPassword && !mail.has("username")) {
      mail.problem(mail.keyOrFile("password"), "is set without 'username'");
    }
    return new Channel.Mail(
        name,
        mail.parsed("smtp", ChannelReader::smtp),
        mail.text("username"),
        password,
        mail.parsed("from", ChannelReader::address),
        mail.list("to", ChannelReader::address),
        mail.list("cc", ChannelReader::address),
        mail.list("bcc", ChannelReader::address),
        mail.text("helo"));
  }

  Channel webhook(String name, ConfigSection webhook) {
    return new Channel.Webhook(
        name,
        address(webhook, false),
        secrets.signature(webhook),
        headers(webhook.child("headers")),
        webhook.parsed("template", this::template));
  }

  Channel chat(String name, ConfigSection chat) {
    Secret url = address(chat, true);
    String type = chat.text("type");
    if ("telegram".equals(type)
        && url != null
        && !chat.has("chat")
        && !url.reveal().contains("chat_id=")) {
      chat.problem("chat", "'chat' is missing; write the number of the chat, or @channel");
    }
    if ("ntfy".equals(type) && url != null && !url.reveal().matches("https?://[^/]+/.*[^/].*")) {
      chat.problem("url", "must end with the topic, as in https://ntfy.sh/my-topic");
    }
    return new Channel.Chat(name, type, url, chat.text("chat"), secrets.read(chat, "token"));
  }

  Channel healthchecks(String name, ConfigSection check) {
    return new Channel.Healthchecks(
        name, address(check, false), check.word("warning", Channel.Healthchecks.Ping.class));
  }

  Channel camel(String name, ConfigSection camel) {
    if (!camel.hasKeyOrFile("uri")) {
      camel.problem("uri", "'uri' is missing; write a Camel endpoint, or 'uriFile'");
    }
    return new Channel.Camel(
        name,
        secrets.endpoint(camel, "uri", "jms:queue:backups"),
        camel.word("format", Channel.Camel.Format.class));
  }

  private Secret address(ConfigSection channel, boolean onlyTls) {
    Secret url = secrets.address(channel, "url");
    if (!channel.hasKeyOrFile("url")) {
      channel.problem("url", "'url' is missing; write where it is posted, or 'urlFile'");
    }
    if (url != null) {
      // after the file is read: the problem belongs to the key that is written
      channel.parsed(channel.keyOrFile("url"), any -> checked(url, onlyTls));
    }
    return url;
  }

  private static URI checked(Secret url, boolean onlyTls) {
    URI address = AbsoluteUrl.parse(url.reveal(), Set.of("http", "https")).uri();
    if (onlyTls && AbsoluteUrl.isCleartext(address)) {
      throw new IllegalArgumentException(
          "must begin with https://: the address is the credential; http is for this machine only");
    }
    return address;
  }

  static Map<String, Secret> headers(ConfigSection headers) {
    Map<String, Secret> read = new LinkedHashMap<>();
    for (String name : headers.keys()) {
      String value = headers.parsed(name, text -> header(name, text));
      if (value != null) {
        // a short one, as in X-Env: prod, would be masked in everything that is logged
        read.put(name, value.length() < MIN_MASKED ? Secret.unmasked(value) : new Secret(value));
      }
    }
    return Collections.unmodifiableMap(read);
  }

  private static String header(String name, String value) {
    if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
      throw new IllegalArgumentException("stands under a name that is no name of an HTTP header");
    }
    if (RESERVED_HEADERS.matcher(name).matches()) {
      throw new IllegalArgumentException("stands under the name of a header that is set here");
    }
    if (value.isBlank() || !value.matches("[\\x20-\\x7e]+")) {
      throw new IllegalArgumentException(
          "must be one line of visible ASCII, which is all that a header can carry");
    }
    return value;
  }

  private Path template(String name) {
    try {
      Path file = home.resolve(name).normalize();
      Files.readString(file);
      String error = templateError.apply(file);
      if (error != null) {
        throw new IllegalArgumentException(error);
      }
      return file;
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("is not readable: " + SecretReader.reason(e), e);
    }
  }

  private static URI smtp(String text) {
    AbsoluteUrl server = AbsoluteUrl.parse(text, Set.of("smtp", "smtps"));
    URI uri = server.uri();
    if (server.userInfo() != null) {
      throw new IllegalArgumentException(
          "must not hold user:password@; write them under 'username' and 'password'");
    }
    if (!uri.getRawSchemeSpecificPart().matches("//[^/?]+/?")) {
      throw new IllegalArgumentException("must be smtp://host:port or smtps://host:port, no more");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : "smtps".equals(uri.getScheme()) ? 465 : 25;
    return URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + port);
  }

  /** As each mail server accepts it: names of hosts beyond ASCII in their {@code xn--} form. */
  private static String ascii(String address) {
    int at = address.lastIndexOf('@') + 1;
    if (!address.substring(0, at).matches("\\p{ASCII}*")) {
      throw new IllegalArgumentException(
          "must be ASCII before the @: most mail servers take nothing else there");
    }
    String host = address.substring(at);
    if (AMBIGUOUS.matcher(host).find()) {
      throw new IllegalArgumentException(
          "has a letter whose xn-- form differs from program to program; write the host as xn--…");
    }
    return address.substring(0, at) + (host.startsWith("[") ? host : IDN.toASCII(host));
  }

  private static String address(String text) {
    try {
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw new AddressException("control character");
      }
      String address = new InternetAddress(text, true).getAddress();
      return text.replace(address, ascii(address));
    } catch (AddressException e) {
      throw new IllegalArgumentException(
          "is not a mail address; write one such as ops@example.com or Ops <ops@example.com>", e);
    }
  }
}
