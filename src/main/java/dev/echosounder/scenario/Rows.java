package dev.echosounder.scenario;

import dev.echosounder.ws.Bytes;
import io.cucumber.datatable.DataTable;
import java.util.List;
import java.util.Objects;

/** Reads the data tables of steps. An empty cell means empty text. */
final class Rows {
  private Rows() {}

  /** The first column. */
  static List<String> first(DataTable table) {
    return table.cells().stream().map(row -> cell(row, 0)).toList();
  }

  /** One message a row: a text, or {@code text} or {@code binary} and then the text or hex. */
  static List<Payload> payloads(DataTable table) {
    return table.cells().stream().map(Rows::payload).toList();
  }

  static String cell(List<String> row, int column) {
    return Objects.requireNonNullElse(row.get(column), "");
  }

  private static Payload payload(List<String> row) {
    if (row.size() == 1) {
      return Payload.text(cell(row, 0));
    }
    return switch (cell(row, 0)) {
      case "text" -> Payload.text(cell(row, 1));
      case "binary" -> Payload.binary(Bytes.hex(cell(row, 1)));
      default ->
          throw new IllegalArgumentException(
              "a row is a text, or begins with text or binary; got " + row);
    };
  }
}
