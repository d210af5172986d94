// Decision tables: inputs, rows of what each must be, and what each row gives (docs/language.md 6.4).
#include <fmt/format.h>

#include "dsl/syntax/lowering.h"

namespace assay::syntax {

void Lowering::table(const Node& node) {
  const std::vector<ast::Name> names = names_in(node);
  ast::TableDecl out{.name = names[0], .kind = names[1], .type = type(*node.child(Kind::Type))};
  Seen seen;
  bool has_policy = false;
  for (const Node& clause : node.children) {
    take_title(out.title, clause, seen);
    if (clause.kind == Kind::Inputs && first_time(seen, clause)) {
      for (const Node& input : clause.children) out.inputs.push_back(expr(input));
    } else if (clause.kind == Kind::HitPolicy && first_time(seen, clause)) {
      has_policy = true;
      out.unique = written(clause) == "unique";
    } else if (clause.kind == Kind::Row) {
      out.rows.push_back(row(clause));
    } else if (!charge_clause(out.charge, clause, seen) && (clause.kind == Kind::Basis || clause.kind == Kind::Cites)) {
      grounds_clause(out.grounds, clause, seen);
    }
  }
  if (out.inputs.empty()) missing(out.name, "table", "`inputs`: the values that its rows ask about");
  if (!has_policy)
    missing(out.name, "table", "`first` or `unique`: whether the first row that fits answers, or only one ever fits");
  if (out.rows.empty()) missing(out.name, "table", "rows, such as `row good or better, yes gives 1`");
  tree_.add(ast::Decl(std::move(out)), span(node));
}

// The end of what stands before the blanks that end here.
std::size_t Lowering::blanks_begin(std::size_t at) const {
  const std::string_view text = sources_.file(file_).text();
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\n' || text[at - 1] == '\t' || text[at - 1] == '\r')) --at;
  return at;
}

// Its words are what it asks and gives; its grounds stand beside them.
ast::TableRow Lowering::row(const Node& node) {
  ast::TableRow out{.span = span(node)};
  Seen seen;
  for (const Node& part : node.children) {
    if (part.kind == Kind::RowCell) {
      const Node& asked = part.children.front();
      out.cell_spans.push_back(span(part));
      out.cells.push_back(asked.kind == Kind::Word ? std::nullopt : std::optional(relation(asked)));
    } else if (part.kind == Kind::Word) {
      if (written(part) == "otherwise") out.otherwise = true;
    } else if (part.kind == Kind::Because) {
      out.because = text_of_child(part);
    } else if (part.kind == Kind::Basis || part.kind == Kind::Cites) {
      grounds_clause(out.grounds, part, seen);
      if (part.begin < out.span.end) out.span.end = static_cast<std::uint32_t>(blanks_begin(part.begin));
    } else {
      out.value = expr(part);
    }
  }
  return out;
}

}  // namespace assay::syntax
