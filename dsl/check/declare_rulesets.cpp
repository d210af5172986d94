// Rulesets and their editions. An edition may lie in several files, each of which starts with the ruleset's name; one
// of them says the rest.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "dsl/check/checker.h"
#include "evidence/core/text.h"

namespace assay::checking {
namespace {

// Whether a header says anything but to which ruleset, and which edition of it, its file belongs.
bool opens(const ast::RulesetDecl& decl) {
  return !decl.title.empty() || !decl.owner.empty() || decl.from || decl.to || decl.published || decl.announced ||
         decl.draft || decl.local;
}

// The first `ruleset` of each file; one that stands later in it is a mistake.
std::vector<std::optional<ast::DeclId>> headers(Checker& checker) {
  const ast::Tree& tree = checker.book.tree;
  std::vector<std::optional<ast::DeclId>> first(checker.book.sources.size());
  std::vector<bool> other_first(checker.book.sources.size(), false);
  for (std::uint32_t i = 0; i < tree.decl_count(); ++i) {
    const ast::DeclId id{i};
    const Span span = tree.span(id);
    const auto* decl = std::get_if<ast::RulesetDecl>(&tree.decl(id));
    if (decl == nullptr) {
      if (!first[span.file.index]) other_first[span.file.index] = true;
      continue;
    }
    if (!first[span.file.index]) {
      first[span.file.index] = id;
      if (!other_first[span.file.index]) continue;
      checker.report(DiagnosticKind::NoRuleset, decl->name.span, "`ruleset` stands after other declarations",
                     "let the file start with it");
    } else {
      checker.report(DiagnosticKind::TwoHeaders, decl->name.span, "a second `ruleset` in one file",
                     "one file belongs to one ruleset",
                     {{std::get<ast::RulesetDecl>(tree.decl(*first[span.file.index])).name.span, "the first is here"}});
    }
  }
  return first;
}

void take_header(Checker& checker, const ast::RulesetDecl& decl, Ruleset& ruleset) {
  ruleset.title = decl.title;
  ruleset.owner = decl.owner;
  ruleset.edition = decl.edition;
  const std::optional<Date> always = Date::from_ymd(1, 1, 1);
  ruleset.in_force_from = decl.from ? *decl.from : *always;
  ruleset.in_force_to = decl.to;
  ruleset.published = decl.published ? *decl.published : ruleset.in_force_from;
  ruleset.announced = decl.announced;
  ruleset.draft = decl.draft;
  ruleset.upcoming = decl.announced && !decl.from;
  if (decl.from && decl.to && *decl.to < *decl.from) {
    checker.report(DiagnosticKind::WrongPeriod, decl.name.span,
                   fmt::format("`{}` ends on {}, before it starts on {}", decl.name.text, decl.to->to_string(),
                               decl.from->to_string()));
  }
}

std::string_view first_word(const Checker& checker, Span decl) {
  const std::string_view text = checker.book.sources.text(decl);
  return text.substr(0, std::min(text.find_first_of(" \t\r\n"), text.size()));
}

// The word in column one of a declaration that did not parse, from the name after it.
std::string_view dropped_word(const Checker& checker, const ast::Name& name) {
  const std::string_view text = checker.book.sources.file(name.span.file).text();
  const std::size_t line_end = text.substr(0, name.span.begin).rfind('\n');
  const std::uint32_t begin = line_end == std::string_view::npos ? 0 : static_cast<std::uint32_t>(line_end + 1);
  return first_word(checker, {name.span.file, begin, name.span.end});
}

// The name in a header that did not parse, which has been spoken of; else the file has none.
std::string missing_header(Checker& checker, FileId file) {
  const ast::Tree& tree = checker.book.tree;
  for (const ast::Name& name : tree.dropped()) {
    if (name.span.file == file && dropped_word(checker, name) == "ruleset") return name.text;
  }
  Span at{file, 0, 0};
  for (std::uint32_t i = 0; i < tree.decl_count() && at.end == 0; ++i) {
    const Span decl = tree.span(ast::DeclId{i});
    if (decl.file == file)
      at = {file, decl.begin, decl.begin + static_cast<std::uint32_t>(first_word(checker, decl).size())};
  }
  checker.report(DiagnosticKind::NoRuleset, at,
                 fmt::format("`{}` names no ruleset", checker.book.sources.file(file).path()),
                 "let it start with `ruleset NAME`");
  return "";
}

// What a broken declaration would have declared is known and wrong, so that nothing more is said of it.
void declare_dropped(Checker& checker) {
  for (const ast::Name& name : checker.book.tree.dropped()) {
    const RulesetId in = checker.ruleset_of(name.span);
    const std::string_view word = dropped_word(checker, name);
    if (word == "interaction") checker.interactions_dropped = true;
    if (word == "kind" || word == "relation" || word == "use" || word == "ruleset") {
      for (std::uint32_t i = 0; i < checker.book.rulesets.size(); ++i) checker.names.set_incomplete(RulesetId{i});
    }
    const auto used = checker.names.ruleset(name.text);
    if (used && !checker.names.sees(in, *used)) checker.names.use(in, *used);
    checker.names.add(in, name.text, {.sort = Sort::Broken, .span = name.span, .vocabulary = true, .dropped = true});
  }
}

// The files of one name, and the editions that their headers open.
struct Header {
  FileId file;
  const ast::RulesetDecl* decl;  // nullptr where the file has none, or it did not parse
};

class EditionOpener {
 public:
  EditionOpener(Checker& checker, std::string name) : checker_(checker), name_(std::move(name)) {}

  void open(const std::vector<Header>& headers) {
    const bool told = std::any_of(headers.begin(), headers.end(),
                                  [](const Header& each) { return each.decl != nullptr && opens(*each.decl); });
    const auto opening = [&](const Header& each) {
      return each.decl != nullptr && (told ? opens(*each.decl) : !each.decl->edition.empty());
    };
    for (const Header& each : headers)
      if (opening(each)) open_one(each);
    if (made_.empty()) add(headers.front().decl);
    for (const Header& each : headers)
      if (!opening(each)) join(each);
    put_in_order();
  }

 private:
  struct Made {
    RulesetId id;
    const ast::RulesetDecl* decl;
  };

  Ruleset& ruleset(RulesetId id) { return checker_.book.rulesets[id.index]; }

  void add(const ast::RulesetDecl* decl) {
    made_.push_back({RulesetId{static_cast<std::uint32_t>(checker_.book.rulesets.size())}, decl});
    checker_.book.rulesets.push_back({.name = name_});
    checker_.names.add_ruleset(name_);
    if (decl != nullptr) take_header(checker_, *decl, ruleset(made_.back().id));
  }

  void belongs(const Header& header, RulesetId id) {
    checker_.ruleset_of_file[header.file.index] = id;
    ruleset(id).files.push_back(header.file);
  }

  // Another header with this edition's name; or, where one of the two names none, any.
  const Made* same_edition(const ast::RulesetDecl& decl) const {
    for (const Made& each : made_)
      if (each.decl->edition == decl.edition || each.decl->edition.empty() || decl.edition.empty()) return &each;
    return nullptr;
  }

  void open_one(const Header& header) {
    const Made* other = same_edition(*header.decl);
    if (other == nullptr) {
      add(header.decl);
      return belongs(header, made_.back().id);
    }
    checker_.report(DiagnosticKind::TwoHeaders, header.decl->name.span,
                    fmt::format("another file already gives the title, edition or period of `{}`", name_),
                    "say them in one file only, or give each edition a name of its own",
                    {{other->decl->name.span, "given here"}});
    belongs(header, other->id);
  }

  std::string editions_in_words() const {
    std::vector<std::string> names;
    for (const Made& each : made_) names.push_back(fmt::format("\"{}\"", each.decl->edition));
    return join_words(names);
  }

  // A header that names at most its edition.
  void join(const Header& header) {
    const std::string edition = header.decl == nullptr ? "" : header.decl->edition;
    for (const Made& each : made_)
      if (edition.empty() ? made_.size() == 1 : each.decl->edition == edition) return belongs(header, each.id);
    belongs(header, made_.front().id);
    if (header.decl == nullptr) return;
    if (edition.empty()) {
      checker_.report(
          DiagnosticKind::WhichEdition, header.decl->name.span,
          fmt::format("`{}` has editions {}, and this file does not say whose it is", name_, editions_in_words()),
          fmt::format("say which, as in `edition \"{}\"`", made_.back().decl->edition));
    } else {
      checker_.report(DiagnosticKind::WhichEdition, header.decl->name.span,
                      fmt::format("no file says when edition \"{}\" of `{}` is in force", edition, name_),
                      fmt::format("say it here with `in force from`; read so far: {}", editions_in_words()));
    }
  }

  void put_in_order() {
    std::stable_sort(made_.begin(), made_.end(), [&](const Made& a, const Made& b) {
      const auto key = [&](const Made& of) {
        const Ruleset& edition = ruleset(of.id);
        return std::tuple(edition.upcoming, edition.in_force_from, edition.draft);
      };
      return key(a) < key(b);
    });
    std::vector<RulesetId> ids;
    for (const Made& each : made_) {
      ids.push_back(each.id);
      std::sort(ruleset(each.id).files.begin(), ruleset(each.id).files.end());
    }
    for (const Made& each : made_) ruleset(each.id).editions = ids;
    for (std::size_t i = 1; i < made_.size(); ++i) {
      const Ruleset &earlier = ruleset(made_[i - 1].id), &later = ruleset(made_[i].id);
      if (earlier.in_force_from != later.in_force_from || earlier.draft != later.draft || later.upcoming) continue;
      checker_.report(
          DiagnosticKind::SameStart, made_[i].decl->name.span,
          fmt::format("editions \"{}\" and \"{}\" of `{}` start on one day", earlier.edition, later.edition, name_),
          "of those whose period holds a date the last to start answers: say `in force from` for each",
          {{made_[i - 1].decl->name.span, "the other is here"}});
    }
  }

  Checker& checker_;
  std::string name_;
  std::vector<Made> made_;
};

}  // namespace

void declare_rulesets(Checker& checker) {
  const ast::Tree& tree = checker.book.tree;
  const auto first = headers(checker);
  checker.ruleset_of_file.resize(first.size());
  std::vector<std::pair<std::string, std::vector<Header>>> by_name;  // in the order read
  for (std::uint32_t i = 0; i < first.size(); ++i) {
    const auto* decl = first[i] ? &std::get<ast::RulesetDecl>(tree.decl(*first[i])) : nullptr;
    const std::string name = decl == nullptr ? missing_header(checker, FileId{i}) : decl->name.text;
    auto found = std::find_if(by_name.begin(), by_name.end(), [&](const auto& each) { return each.first == name; });
    if (found == by_name.end()) found = by_name.insert(found, {name, {}});
    found->second.push_back({FileId{i}, decl});
  }
  for (const auto& [name, files] : by_name) EditionOpener(checker, name).open(files);
  declare_uses(checker);
  declare_dropped(checker);
}

}  // namespace assay::checking
