package io.github.clouddriver.testkitcheck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The clauses of docs/contract.md. */
final class ContractClauses {
  private static final Path CONTRACT = Path.of("docs", "contract.md");
  private static final Pattern CLAUSE =
      Pattern.compile("(?ms)^\\*\\*([DSITEXP]\\d+)(?: \\+)?\\.\\*\\* (.*?)(?=^\\*Why:|\\z)");
  private static final Pattern MAY_OR_SHOULD = Pattern.compile("^A set MAY ");

  private ContractClauses() {}

  /** The numbers of the clauses that a driver, or an executor, must keep; in their order. */
  static Set<String> required() throws IOException {
    Set<String> required = new LinkedHashSet<>();
    Matcher clause = CLAUSE.matcher(Files.readString(CONTRACT));
    while (clause.find()) {
      if (!MAY_OR_SHOULD.matcher(clause.group(2)).find()) {
        required.add(clause.group(1));
      }
    }
    return required;
  }
}
