package io.github.camelakeeba.app.cli.archive;

import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.archive.format.ArchiveVerification.Encryption;
import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.recheck.Inspection;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What 'verify' says of an archive.
 *
 * @param name of the archive, or of the file that was named
 * @param origin where it was read: a folder, an endpoint, a site
 * @param files the names of its files, in the order of its bytes
 * @param inspection null: it could not be read
 * @param failure why it could not be read, or null
 */
record VerifiedArchive(
    String name, String origin, List<String> files, Inspection inspection, String failure) {

  /** The state's word, for machines. */
  String state() {
    if (reason() != null) {
      return "broken";
    }
    if (isStructureOnly()) {
      return inspection.warnings().isEmpty() ? "structure" : "warning";
    }
    return inspection.unread() == null && inspection.warnings().isEmpty() ? "whole" : "warning";
  }

  int exitCode() {
    return switch (state()) {
      case "broken" -> ExitCode.FAILED;
      case "warning" -> ExitCode.WARNING;
      default -> ExitCode.COMPLETED;
    };
  }

  private String reason() {
    return failure != null ? failure : inspection.damage();
  }

  /** Encrypted, and no password was given that fits. */
  private boolean isStructureOnly() {
    return inspection.encryption() != Encryption.NONE
        && inspection.encryption() != Encryption.DECRYPTED;
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (inspection != null && inspection.unread() != null && !isStructureOnly()) {
      warnings.add("not all of it was checked: " + inspection.unread());
    }
    if (inspection != null) {
      warnings.addAll(inspection.warnings());
    }
    return warnings;
  }

  /** The line for people, and one for each warning. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    String shown = UntrustedText.oneLine(name, 200);
    if (reason() != null) {
      lines.add("%s: broken: %s".formatted(shown, reason()));
      return lines;
    }
    String checked =
        isStructureOnly()
            ? "its structure is whole; %s".formatted(structureOnly())
            : warnings().isEmpty() ? "whole" : "whole, with warnings";
    String content =
        inspection.content() == null
            ? ""
            : ", in it %s%s"
                .formatted(
                    HumanFormat.content(inspection.content()),
                    inspection.differences() != null && inspection.differences().isEmpty()
                        ? ", as counted at the download"
                        : "");
    lines.add("%s: %s (%s)%s".formatted(shown, checked, compared(), content));
    warnings().forEach(warning -> lines.add("warning: " + warning));
    return lines;
  }

  private String structureOnly() {
    return switch (inspection.encryption()) {
      case WRONG_PASSWORD -> "no password fits, so its contents were not checked";
      case NO_PASSWORD -> "it is encrypted, and without a password its contents were not checked";
      default -> "its contents were not checked: " + inspection.unread();
    };
  }

  private String compared() {
    int files = inspection.checksums().size();
    String read = files == 1 ? "1 file" : files + " files";
    int known = inspection.comparedWith();
    return read
        + (known == files
            ? " as downloaded, by SHA-256"
            : known == 0
                ? ", no checksum known to compare with"
                : ", %s of them as downloaded, by SHA-256".formatted(known));
  }

  Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("archive", name);
    members.put("from", origin);
    members.put("state", state());
    members.put("files", fileMembers());
    members.put(
        "encryption",
        inspection == null
            ? null
            : inspection.encryption().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    members.put("compared", inspection == null ? 0 : inspection.comparedWith());
    members.put("content", inspection == null ? null : inspection.content());
    members.put("differences", inspection == null ? null : inspection.differences());
    members.put("unread", inspection == null ? null : inspection.unread());
    members.put("warnings", warnings());
    members.put("error", reason());
    return members;
  }

  private List<Map<String, Object>> fileMembers() {
    List<Map<String, Object>> members = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Map<String, Object> file = new LinkedHashMap<>();
      file.put("name", files.get(i));
      file.put(
          "sha256",
          inspection == null || inspection.checksums().size() <= i
              ? null
              : inspection.checksums().get(i));
      members.add(file);
    }
    return members;
  }
}
