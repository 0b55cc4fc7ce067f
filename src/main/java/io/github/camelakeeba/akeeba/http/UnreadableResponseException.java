package io.github.camelakeeba.akeeba.http;

import java.io.IOException;

/** A response that is too large, or for which there was no room. */
public final class UnreadableResponseException extends IOException {
  /** The message is a part of the sentence "… answered … with ….". */
  UnreadableResponseException(String what) {
    super(what);
  }
}
