package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Channel;
import io.github.camelakeeba.site.Secret;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.apache.camel.ExchangeException;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * The bean {@code webhooks}: what is posted where, and whether it arrived. No text of it ever holds
 * the address.
 */
public final class Webhooks {
  // a shorter path tells nothing and would be blotted out of unrelated log lines
  private static final int SECRET_PATH = 12;

  private final Map<String, Call> calls = new LinkedHashMap<>();
  private final EventJson json = new EventJson();

  /**
   * One POST.
   *
   * @param url without user information
   * @param authorization of the URL's user information, or null
   */
  public record Call(String channel, Secret url, Secret authorization, String body) {
    /** The URL in clear, for the call itself only. */
    public String address() {
      return url.reveal();
    }

    /** The value of the header Authorization in clear, or null. */
    public String login() {
      return authorization == null ? null : authorization.reveal();
    }
  }

  /** For the webhooks among these channels. */
  public Webhooks(Map<String, Channel> channels) {
    for (Channel channel : channels.values()) {
      if (channel instanceof Channel.Webhook webhook) {
        calls.put(webhook.name(), prepare(webhook));
      }
    }
  }

  /** The call; a {@link DeliveryException} when the channel is no (longer a) webhook. */
  public Call of(Delivery delivery) {
    Call call = calls.get(delivery.channel());
    if (call == null) {
      throw new DeliveryException(
          "channel " + delivery.channel() + ": is not configured as a webhook any more");
    }
    return new Call(
        call.channel(), call.url(), call.authorization(), json.write(delivery.message()));
  }

  /** Fails unless the status is 2xx. */
  public void delivered(@Variable("call") Call call, @Header("CamelHttpResponseCode") int status) {
    if (status >= 200 && status < 300) {
      return;
    }
    String hint = status >= 300 && status < 400 ? " (redirects are not followed)" : "";
    throw failure(call, "the server answered HTTP " + status + hint);
  }

  /** Fails with the reason alone: exceptions of the HTTP client carry the address. */
  public void failed(@Variable("call") Call call, @ExchangeException Exception cause) {
    throw cause instanceof DeliveryException known ? known : failure(call, reason(cause));
  }

  private static DeliveryException failure(Call call, String reason) {
    return new DeliveryException("webhook " + call.channel() + ": " + reason);
  }

  private static String reason(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof UnknownHostException) {
        return "the host is unknown";
      }
      if (t instanceof SocketTimeoutException) {
        return "no answer within 30 s";
      }
      if (t instanceof NoRouteToHostException) {
        return "no route to the host";
      }
      if (t instanceof ConnectException) {
        return "connection refused";
      }
      if (t instanceof SSLException) {
        return "TLS failed: " + ServerText.oneLine(String.valueOf(t.getMessage()), 200);
      }
    }
    return "the call failed (" + cause.getClass().getSimpleName() + ")";
  }

  private static Call prepare(Channel.Webhook webhook) {
    URI url = URI.create(webhook.url().reveal());
    hidePath(url);
    String user = url.getRawUserInfo();
    if (user == null) {
      return new Call(webhook.name(), webhook.url(), null, "");
    }
    String plain = webhook.url().reveal().replaceFirst("//[^@/]*@", "//");
    return new Call(webhook.name(), new Secret(plain), basic(url.getUserInfo()), "");
  }

  /** The request line in a log of the HTTP client shows the path without the host. */
  private static void hidePath(URI url) {
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String path = url.getRawPath() + query;
    if (path.length() >= SECRET_PATH || !query.isEmpty()) {
      new Secret(path);
    }
  }

  private static Secret basic(String user) {
    byte[] bytes = user.getBytes(StandardCharsets.UTF_8);
    return new Secret("Basic " + Base64.getEncoder().encodeToString(bytes));
  }
}
