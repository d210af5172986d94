// The heat map: a row a council, a column a quality statement, and what follows from them.
#include "apps/cli/report/parts.h"
#include "engine/eval/words.h"
#include "engine/plan/plan.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace {

// A kind, its scores in the order declared, and what is worked out from them.
struct Columns {
  KindId kind;
  std::vector<FieldId> fields;
  std::vector<RuleId> values;  // a rating, after the percents it reads
};

// What a body writes of itself to improve by is no result of it.
bool is_result(const Rulebook& book, FieldId field, KindId kind) {
  const FieldDef& def = book.schema.field(field);
  return def.kind == kind && def.type.kind == TypeKind::Score &&
         book.evidence[field.index].purpose != ast::Purpose::Improve;
}

// The rating in force that rests on the most scores: nine, of councils.
Columns rated_columns(const Rulebook& book, const EditionAsked& asked) {
  Columns best;
  const std::vector<RuleId> in_force = plan(book, asked).rules;
  for (const RuleId id : in_force) {
    const Rule& rule = book.rule(id);
    if (rule.local_of || !std::holds_alternative<RatingRule>(rule.body)) continue;
    Columns found{rule.kind, {}, {}};
    for (const FieldId field : fields_read(book, id))
      if (is_result(book, field, rule.kind)) found.fields.push_back(field);
    if (found.fields.size() <= best.fields.size()) continue;
    for (const RuleId read : rules_read(book, id))
      if (book.type(book.rule(read).type).kind == TypeKind::Percent && std::ranges::count(in_force, read) > 0)
        found.values.push_back(read);
    found.values.push_back(id);
    best = std::move(found);
  }
  return best;
}

// Where nothing is rated: the kind with the most scores.
Columns columns_of(const Rulebook& book, const EditionAsked& asked) {
  Columns best = rated_columns(book, asked);
  if (!best.fields.empty()) return best;
  for (std::uint32_t kind = 0; kind < book.schema.kinds().size(); ++kind) {
    Columns found{{kind}, {}, {}};
    for (std::uint32_t field = 0; field < book.schema.fields().size(); ++field)
      if (is_result(book, {field}, found.kind)) found.fields.push_back({field});
    if (found.fields.size() > best.fields.size()) best = std::move(found);
  }
  return best;
}

// The theme as people call it, from its declaration.
std::string theme_title(const Rulebook& book, FieldId field) {
  const std::string& name = book.evidence[field.index].theme;
  for (std::uint32_t decl = 0; decl < book.tree.decl_count(); ++decl)
    if (const auto* theme = std::get_if<ast::ThemeDecl>(&book.tree.decl({decl})); theme && theme->name.text == name)
      return theme->title;
  return name;
}

data themes(const Rulebook& book, const Columns& columns) {
  data out{data::type::list};
  for (std::size_t i = 0; i < columns.fields.size();) {
    std::size_t end = i;
    while (end < columns.fields.size() &&
           theme_title(book, columns.fields[end]) == theme_title(book, columns.fields[i]))
      ++end;
    data theme;
    theme.set("title", theme_title(book, columns.fields[i]));
    theme.set("span", std::to_string(end - i));
    out.push_back(theme);
    i = end;
  }
  return out;
}

data score_cell(const Cell& cell, const FieldDef& field, const Snapshot& snapshot) {
  data out;
  const std::string words = in_words(cell, field.type, snapshot);
  out.set("title", fmt::format("{}: {}", field.title, words));
  if (cell.known()) {
    const std::string score = to_plain(cell.value(), field.type);
    out.set("class", "s" + score);
    out.set("text", score);
  } else {
    const bool conflict = !cell.why.empty() && cell.why.front().kind == ReasonKind::Conflict;
    out.set("class", conflict ? "conflict" : "missing");
    out.set("text", conflict && cell.low && cell.high
                        ? to_plain(*cell.low, field.type) + "/" + to_plain(*cell.high, field.type)
                        : "–");
  }
  return out;
}

}  // namespace

void add_map(data& page, Evaluation& evaluation, const ReportRequest& request) {
  const Rulebook& book = evaluation.rulebook();
  const Snapshot& snapshot = evaluation.snapshot();
  const Columns columns = columns_of(book, evaluation.asked_on(request.as_at));
  data fields{data::type::list}, values{data::type::list}, councils{data::type::list};
  for (FieldId field : columns.fields) fields.push_back({"title", book.schema.field(field).title});
  for (RuleId rule : columns.values) values.push_back({"title", book.rule(rule).title});
  std::vector<std::string> without;
  std::size_t with = 0;
  for (SubjectId subject : columns.fields.empty() ? std::span<const SubjectId>() : snapshot.of_kind(columns.kind)) {
    if (!in_being(snapshot, subject, request.as_at)) continue;
    data cells{data::type::list}, results{data::type::list};
    bool any = false;
    for (FieldId field : columns.fields) {
      const Reading reading = evaluation.read(field, subject, {request.as_at});
      any = any || !reading.rows.empty();
      cells.push_back(score_cell(reading.cell, book.schema.field(field), snapshot));
    }
    if (!any) {
      without.push_back(name_on(snapshot, subject, request.as_at));
      continue;
    }
    ++with;
    for (RuleId rule : columns.values) {
      const Outcome result = outcome(evaluation, rule, subject, request.as_at);
      data value;
      value.set("text", in_words(result, book));
      value.set("class", result.cell.known() ? "" : "open");
      results.push_back(value);
    }
    data row;
    row.set("name", name_on(snapshot, subject, request.as_at));
    row.set("cells", cells);
    row.set("values", results);
    councils.push_back(row);
  }
  data legend{data::type::list};
  const char* meanings[] = {"significant shortfalls", "some shortfalls", "good standard", "exceptional standard"};
  for (int score = 1; score <= 4; ++score) {
    data line;
    line.set("score", std::to_string(score));
    line.set("words", meanings[score - 1]);
    legend.push_back(line);
  }
  page.set("map_title", fmt::format("Councils by {} statements", columns.fields.size()));
  page.set("legend", legend);
  page.set("range_example", "2/3");
  page.set("themes", themes(book, columns));
  page.set("fields", fields);
  page.set("values", values);
  page.set("councils", councils);
  page.set("mapped_count", std::to_string(with));
  page.set("unmapped_count", std::to_string(without.size()));
  page.set("unmapped", join_words(without));
}

}  // namespace assay::cli
