package io.github.camelakeeba.config.yaml;

import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.secret.Secret;
import java.util.Locale;

/** Reads {@code signature}, {@code secret} and {@code previousSecret} of a channel or trigger. */
final class SignatureSettingsReader {
  private SignatureSettingsReader() {}

  /** The keys of this mapping; what is wrong is reported. */
  static SignatureSettings read(ConfigSection section, SecretReader secrets) {
    SignatureSettings.Form form =
        section.parsed(
            "signature", word -> SignatureSettings.Form.valueOf(word.toUpperCase(Locale.ROOT)));
    Secret secret = key(section, secrets, "secret", form);
    Secret previous = key(section, secrets, "previousSecret", form);
    boolean named = section.definingSection("secret", "secretFile") != null;
    if (!named && section.has("signature")) {
      section.problem("signature", "is set without 'secret' or 'secretFile'");
    }
    if (!named && section.definingSection("previousSecret", "previousSecretFile") != null) {
      section.problem(
          section.has("previousSecret") ? "previousSecret" : "previousSecretFile",
          "is set without 'secret' or 'secretFile'");
    }
    return new SignatureSettings(
        form == null ? SignatureSettings.Form.BACKUP : form, secret, previous);
  }

  private static Secret key(
      ConfigSection section, SecretReader secrets, String key, SignatureSettings.Form form) {
    Secret secret = secrets.read(section, key);
    if (secret != null && form != null && form.standard()) {
      section.parsed(
          section.has(key) ? key : key + "File", any -> SignatureSettings.standardKey(secret));
    }
    return secret;
  }
}
