package io.github.camelakeeba.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether somebody has pressed Enter. */
public final class Again {
  private final AtomicBoolean asked = new AtomicBoolean();

  public Again(InputStream keys) {
    Thread reader = new Thread(() -> read(keys), "keys");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(InputStream keys) {
    try {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(keys, Charset.defaultCharset()));
      while (lines.readLine() != null) {
        asked.set(true);
      }
    } catch (IOException e) {
      // nobody is there to press a key
    }
  }

  /** Once for each time, or for several that came together. */
  boolean asked() {
    return asked.getAndSet(false);
  }
}
