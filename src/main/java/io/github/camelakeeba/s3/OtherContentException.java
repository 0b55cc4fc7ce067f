package io.github.camelakeeba.s3;

import java.io.IOException;

/** An object was read to its end, and is not what was stored. */
public final class OtherContentException extends IOException {
  public OtherContentException() {
    super("the object is not what was stored: its checksum is another");
  }
}
