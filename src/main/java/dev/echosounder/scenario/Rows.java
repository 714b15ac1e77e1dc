package dev.echosounder.scenario;

import dev.echosounder.check.JsonExpectation;
import dev.echosounder.check.MessageWords;
import io.cucumber.datatable.DataTable;
import java.util.List;
import java.util.Objects;

/** Reads the data tables of steps. An empty cell means empty text. */
final class Rows {
  private Rows() {}

  /** The first column, with what is remembered in its places. */
  static List<String> first(DataTable table) {
    return table.cells().stream().map(row -> World.current().fill(cell(row, 0))).toList();
  }

  /** One message a row: a text, or a type of doc strings (binary is hex) and its content. */
  static List<Wanted> wanted(DataTable table) {
    return table.cells().stream().map(Rows::wanted).toList();
  }

  /** What the JSON of a message has to be: a path and a condition a row. */
  static Wanted where(DataTable table) {
    World world = World.current();
    return Wanted.of(
        new JsonExpectation.Where(
            table.cells().stream()
                .map(
                    row ->
                        Mistake.in(
                            () ->
                                MessageWords.at(
                                    cell(row, 0), cell(row, 1), world.memory(), world.clock())))
                .toList()));
  }

  static String cell(List<String> row, int column) {
    return Objects.requireNonNullElse(row.get(column), "");
  }

  private static Wanted wanted(List<String> row) {
    if (row.size() == 1) {
      return new Typed(Typed.Type.TEXT, cell(row, 0)).wanted();
    }
    String type = cell(row, 0);
    return new Typed(
            type.equals("binary") ? Typed.Type.HEX : Typed.Type.labelled(type), cell(row, 1))
        .wanted();
  }
}
