// The steps of checking, in order.
#include "dsl/check/check.h"

#include "dsl/check/checker.h"
#include "dsl/syntax/parse.h"

namespace assay {

Rulebook check(Sources sources, DiagnosticSink& sink) {
  Rulebook book;
  book.sources = std::move(sources);
  for (std::uint32_t i = 0; i < book.sources.size(); ++i) parse(book.sources, FileId{i}, book.tree, sink);
  book.resolved.resize(book.tree.expr_count());
  book.expr_types.resize(book.tree.expr_count(), kErrorType);
  book.types.emplace_back();  // kErrorType
  checking::Checker checker{.book = book, .sink = sink};
  checker.became.resize(book.tree.decl_count());
  checking::declare_rulesets(checker);
  checking::declare_vocabulary(checker);
  checking::declare_evidence(checker);
  checking::declare_rules(checker);
  checking::check_editions(checker);
  checking::check_overlays(checker);
  checking::check_hidden_names(checker);
  checking::expand_calls(checker);
  checking::check_parameters(checker);
  checking::check_local_values(checker);
  checking::check_rules(checker);
  checking::check_graph(checker);
  checking::check_reach(checker);
  checking::check_scenarios(checker);
  checking::check_grounds(checker);
  checking::check_charges(checker);
  checking::check_balance(checker);
  checking::check_presumptions(checker);
  return book;
}

}  // namespace assay
