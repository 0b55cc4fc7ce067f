package io.github.camelakeeba.trigger.message;

/**
 * All that counts of a message: its headers are removed.
 *
 * @param id the transport's identity of the message: the same when it is redelivered
 * @param name for people, such as the name of a file
 * @param body null where it was not read
 * @param error why it can't be a request, or null
 */
public record InboundMessage(
    String trigger,
    String id,
    String name,
    byte[] body,
    SignatureVerifier.Credentials credentials,
    ReplyTo replyTo,
    String error) {
  /** For logs: nothing that its sender wrote. */
  @Override
  public String toString() {
    return "message of " + trigger;
  }
}
