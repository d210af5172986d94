// Decision tables (docs/language.md 6.4).
#include <algorithm>

#include "apps/verifier/derive/derivation.h"
#include "apps/verifier/derive/logic.h"

namespace assay::verifier {

Answer Derivation::table_row(const TableRule::Row& row, const Place& place) {
  Answer made;
  if (row.value) {
    made = expr(*row.value, place);
  } else {
    made = undefined(place);  // missing, with the row's own words
    const ValueType& type = book_.type(book_.rule(place.rule).type);
    made = unknown_of(type, made.why.front());
  }
  mark(made, row.grounds, place.moment);
  return made;
}

Answer Derivation::table(const TableRule& body, const Place& place) {
  std::vector<Answer> inputs;
  for (const ast::ExprId id : body.inputs) inputs.push_back(expr(id, place));
  std::optional<Answer> made;
  bool surely_met = false, any_out = false;
  Reasons why;
  Marks marks;  // of every input that some row asks about
  spend_on(inputs);
  effort_.spend(inputs.size() * body.rows.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const bool asked = std::any_of(body.rows.begin(), body.rows.end(),
                                   [&](const TableRule::Row& row) { return i < row.cells.size() && row.cells[i]; });
    if (asked) add(marks, inputs[i].marks);
  }
  for (const TableRule::Row& row : body.rows) {
    if (surely_met) break;  // of a `first` table not reached; of a `unique` one no other fits
    std::vector<Answer> cells;
    bool out = false;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (!row.cells[i]) continue;
      Answer cell = compare(inputs[i], *row.cells[i], better_direction(book_, body.inputs[i]), place);
      // A cell whose input does not apply is no.
      Possible found = possible(cell);
      out = out || found.out;
      found.no = found.no || found.out;
      found.out = false;
      add(marks, cell.marks);
      effort_.spend(marks.size());
      cells.push_back(condition(found, cell.why, cell.marks));
    }
    const Answer fits = cells.empty() ? known(true) : every(cells);
    if (possible(fits).only_no()) continue;
    surely_met = possible(fits).only_yes();
    any_out = any_out || out;
    add(why, fits.why);
    const Answer value = table_row(row, place);
    made = made ? hull(*made, value) : value;
    effort_.spend(length_of(*made) + why.size() + marks.size() + row.cells.size());
  }
  if (!made) made = does_not_apply();
  // The rows are proved to take every case, so only what does not apply may rule all of them out.
  if (!surely_met && any_out) made->may_not_apply = true;
  add(made->why, why);
  add(made->marks, marks);
  return settled(*made);
}

}  // namespace assay::verifier
