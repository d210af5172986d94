// Ratings with the bands on either side, and tables with the row that answers.
#include <fmt/format.h>

#include <algorithm>

#include "apps/verifier/accept/sayings.h"
#include "apps/verifier/accept/walk.h"

namespace assay::verifier {
namespace {

std::string band_words(const RatingRule::Band& band, const ValueType& number) {
  const auto words = [&](Decimal end) { return to_words(Value(end), number); };
  if (band.low && band.high) return fmt::format("{} to {}", words(*band.low), words(*band.high));
  if (band.low) return words(*band.low) + " or more";
  return band.high ? words(*band.high) + " or less" : "any";
}

}  // namespace

// "34% is Inadequate (25% to 38%); Requires improvement starts at 39%, 5 points above".
void Walk::rating(std::size_t at, const RatingRule& body, const Place& place) {
  names(at, body.from, place);
  if (!can_derive(at)) return children(at, place);
  const Answer from = ask(body.from, place),
               is = derive_.rule(place.rule, place.slots.front(), place.moment, place.pinned);
  if (is.not_applicable() || !is.low || !is.high) return children(at, place);
  const auto band_of = [&](const Value& label) {
    const auto found = std::find_if(body.bands.begin(), body.bands.end(),
                                    [&](const auto& band) { return band.label == std::get<Label>(label); });
    return static_cast<std::size_t>(found - body.bands.begin());
  };
  const auto [low, high] = std::minmax({band_of(*is.low), band_of(*is.high)});
  const ValueType& number = book_.type(body.from);
  const ValueType& scale = book_.type(book_.rule(place.rule).type);
  const auto title = [&](std::size_t band) { return to_words(Value(body.bands[band].label), scale); };
  std::string bands, words = fmt::format("from {}:", book_.sources.words(book_.tree.span(body.from)));
  for (std::size_t band = low; band <= high; ++band) {
    bands += fmt::format("{}{} ({})", bands.empty() ? "" : " or ", title(band), band_words(body.bands[band], number));
    words += fmt::format("{}{}", band == low ? " " : ", ", book_.sources.words(body.bands[band].span));
  }
  if (step(at).text("words") != words) return wrong(at, fmt::format("the text gives `{}` there", words));
  std::string due = low != high    ? fmt::format("{} could be {}", plain_words(from, number), bands)
                    : from.known() ? fmt::format("{} is {}", plain_words(from, number), bands)
                                   : fmt::format("{}, all that it could be, is {}", plain_words(from, number), bands);
  const auto apart = [&](Decimal edge, const char* side) {
    return from.known() ? fmt::format(", {} {}", distance_words(*from.low, Value(edge), number), side) : std::string();
  };
  if (low > 0 && body.bands[low - 1].high)
    due += fmt::format("; {} ends at {}{}", title(low - 1), to_words(Value(*body.bands[low - 1].high), number),
                       apart(*body.bands[low - 1].high, "below"));
  if (high + 1 < body.bands.size() && body.bands[high + 1].low)
    due += fmt::format("; {} starts at {}{}", title(high + 1), to_words(Value(*body.bands[high + 1].low), number),
                       apart(*body.bands[high + 1].low, "above"));
  if (step(at).text("note") != due)
    return wrong(at, fmt::format("the bands give `{}`, it says `{}`", due, step(at).text("note")));
  children(at, place);
}

std::string Walk::title_of(ast::ExprId id) const {
  const Resolved& resolved = book_.resolved[id.index];
  if (const auto* field = std::get_if<FieldOf>(&resolved)) return book_.schema.field(field->field).title;
  if (const auto* rule = std::get_if<RuleOf>(&resolved)) return book_.rule(rule->rule).title;
  return book_.sources.words(book_.tree.span(id));
}

// Of one that fits what each cell was asked, of one that does not the cell that rules it out.
void Walk::table_row(std::size_t at, const TableRule& body, const TableRule::Row& row, const Place& place) {
  if (!can_derive(at) || fault_) return;
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < row.cells.size(); ++i)
    if (row.cells[i])
      cells.push_back(fmt::format("{}: {}", title_of(body.inputs[i]), relation(*row.cells[i], body.inputs[i], place)));
  const std::string_view note = step(at).text("note"), result = step(at).text("result");
  if (result == "fits") {
    std::string due;
    for (const std::string& cell : cells) due += (due.empty() ? "" : ", ") + cell;
    if (!note.starts_with(due)) wrong(at, fmt::format("its cells give `{}`, it says `{}`", due, note));
  } else if (result == "does not fit" && std::find(cells.begin(), cells.end(), note) == cells.end()) {
    wrong(at, fmt::format("no cell of it gives `{}`", note));
  } else if (result == "not ruled out" && !cells.empty()) {
    const bool found =
        std::any_of(cells.begin(), cells.end(), [&](const std::string& cell) { return note.starts_with(cell); });
    if (!found && !note.starts_with("gives")) wrong(at, fmt::format("no cell of it gives `{}`", note));
  } else if (result.starts_with("not reached") && !note.empty()) {
    wrong(at, fmt::format("of a row that is not reached it says `{}`", note));
  }
  for (std::size_t i = 0, cell = 0; i < row.cells.size(); ++i) {
    if (!row.cells[i]) continue;
    if (!result.starts_with("not reached") && note.find(cells[cell++]) != note.npos)
      for (const ast::ExprId operand : row.cells[i]->operands) names(at, operand, place);
  }
  if (!row.value && (result == "fits" || result == "not ruled out") && children_of(at, {"absence"}).empty())
    return wrong(at, "that it gives nothing is not shown");
  if (!says_grounds(step(at), row.grounds, book_))
    return wrong(at, "the text gives it another basis, or other citations");
  if (step(at).on != place.moment.date())
    return wrong(at, fmt::format("it is asked of {}", place.moment.date().to_long_string()));
  if (row.value && (result == "fits" || result == "not ruled out")) {
    const ast::Expr& node = book_.tree.expr(*row.value);
    if (!std::holds_alternative<ast::Literal>(node)) names(at, *row.value, place);
    const bool plain = std::holds_alternative<ast::Literal>(node) || std::holds_alternative<ast::Chain>(node);
    const std::string put = plain ? std::string() : put_in(*row.value, place);
    const std::string due =
        put.empty() ? std::string()
                    : fmt::format("gives {} = {}", put, plain_words(ask(*row.value, place), book_.type(*row.value)));
    if (note.find(due) == note.npos) wrong(at, fmt::format("it has to say `{}`, it says `{}`", due, note));
  }
}

void Walk::table(std::size_t at, const TableRule& body, const Place& place) {
  const auto shown = children_of(at, {"table_row"});
  const std::string_view note = step(at).text("note");
  std::size_t fits = 0, open = 0;
  for (const std::size_t child : shown) {
    const auto row = std::find_if(body.rows.begin(), body.rows.end(), [&](const auto& each) {
      return book_.sources.words(each.span) == step(child).text("words") &&
             place_words(book_, each.span) == step(child).text("place");
    });
    if (row == body.rows.end()) return wrong(child, fmt::format("`{}` is no row of it", step(child).text("words")));
    const std::string_view result = step(child).text("result");
    constexpr std::string_view kResults[] = {"fits", "does not fit", "not ruled out", "not reached, a row above fits",
                                             "does not fit, another row does"};
    if (std::find(std::begin(kResults), std::end(kResults), result) == std::end(kResults))
      return wrong(child, fmt::format("a row is not `{}`", result));
    seen_[child] = true;
    table_row(child, body, *row, place);
    children(child, place);
    open += result == "not ruled out" ? 1U : 0U;
    if (result != "fits") continue;
    ++fits;
    if (note.find(" rows are not ruled out") != note.npos) continue;
    const auto number = static_cast<std::size_t>(row - body.rows.begin()) + 1;
    if (note.find(fmt::format("row {} of {} fits", number, body.rows.size())) == note.npos ||
        step(at).text("words") != step(child).text("words"))
      return wrong(child, fmt::format("row {} fits, and the table says `{}`", number, note));
  }
  const bool answered = note.find(" fits") != note.npos && note.find("no row fits") == note.npos;
  if (fits + open == 0 && note.find("no row fits") == note.npos) return wrong(at, "no row that may fit is shown");
  if (answered && fits > 1) return wrong(at, fmt::format("{} rows are said to fit", fits));
  if (!answered && open > 0 &&
      note.find(fmt::format("{} of {} rows are not ruled out", open + fits, body.rows.size())) == note.npos)
    return wrong(at, fmt::format("{} rows are not ruled out, it says `{}`", open + fits, note));
  std::size_t aside = 0;
  if (const std::size_t said = note.find(" other"); said != note.npos && note.find("not shown") != note.npos) {
    std::size_t begin = said;
    while (begin > 0 && note[begin - 1] >= '0' && note[begin - 1] <= '9') --begin;
    if (begin < said) aside = std::stoul(std::string(note.substr(begin, said - begin)));
  }
  if (shown.size() + aside != body.rows.size())
    return wrong(
        at, fmt::format("of its {} rows {} are shown, and {} said not to be", body.rows.size(), shown.size(), aside));
  for (std::size_t i = 0; can_derive(at) && i < body.inputs.size(); ++i) {
    const ast::ExprId input = body.inputs[i];
    const std::string value = plain_words(ask(input, place), book_.type(input));
    const std::string title = title_of(input);
    const std::size_t said = note.find(title + " ");
    const bool named = said == 0 || (said != note.npos && note.substr(0, said).ends_with(", "));
    if (named) names(at, input, place);
    if (named && note.substr(said + title.size() + 1, value.size()) != value)
      return wrong(at, fmt::format("the rows give {} {}, it says `{}`", title, value, note));
  }
  numbers(at, {}, body.rows.size());
  children(at, place);
}

}  // namespace assay::verifier
