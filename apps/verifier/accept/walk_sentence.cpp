// What a flag or interaction says: the author's words, with values and names put in between them.
#include <fmt/format.h>

#include <algorithm>

#include "apps/verifier/accept/sayings.h"
#include "apps/verifier/accept/walk.h"

namespace assay::verifier {

std::string Walk::name_of(SubjectId subject, Date on) const {
  const Subject& who = rows().subject(subject);
  if (who.from && who.to) return fmt::format("{} and {}", name_of(*who.from, on), name_of(*who.to, on));
  const FieldId field = book_.schema.kind(who.kind).register_field;
  const Answer answer = derive_.evidence().value(field, subject, Moment{.as_at = on}).answer;
  if (answer.known()) return std::get<std::string>(*answer.low);
  for (const Observation* row : derive_.evidence().rows(field, subject))
    if (row->standing == Standing::Held) return std::get<std::string>(row->value);
  return who.code;
}

// Titles and names that a sentence may put in, the longest first, and the words between them.
const std::vector<std::string>& Walk::titles() {
  if (!titles_.empty()) return titles_;
  titles_ = {"does not apply",
             " is in conflict",
             "not known",
             " is missing",
             " is stale",
             " is withdrawn",
             " more",
             "none",
             " and ",
             "; ",
             ", ",
             ")",
             "("};
  for (const ExplainedStep& each : all_.steps)
    for (const char* key : {"title", "subject_name"}) titles_.emplace_back(each.text(key));
  for (const FieldDef& each : book_.schema.fields()) titles_.push_back(each.title.empty() ? each.name : each.title);
  for (const Rule& each : book_.rules) titles_.push_back(each.title);
  for (const ast::ExprId id : wordings_.all(*book_.find_rule(step(0).text("rule"))))
    titles_.push_back(book_.sources.words(book_.tree.span(id)));
  std::erase(titles_, "");
  std::sort(titles_.begin(), titles_.end(),
            [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  titles_.erase(std::unique(titles_.begin(), titles_.end()), titles_.end());
  return titles_;
}

// Is it made of titles and names, and of why something is not known?
bool Walk::in_titles(std::size_t at, std::string words) {
  if (!whole_) return true;
  const bool more = words.find(" more") != words.npos;
  for (const std::string& each : titles())
    for (std::size_t found = 0; (found = words.find(each, found)) != words.npos;) words.erase(found, each.size());
  std::erase(words, ' ');
  if (words.empty()) return true;
  // "and 3 more"; and `count of matches`, as the note counts them.
  const bool number = words.find_first_not_of("0123456789") == words.npos;
  const std::string note(step(at).text("note"));
  return number &&
         (more || note.find(" " + words + " yes") != note.npos || note.find(" " + words + " no") != note.npos);
}

// What a piece of the text has to say; where that is not all, words of why it is not known follow, or names.
Walk::Piece Walk::piece(const std::variant<std::string, ast::ExprId>& piece, const Place& place) {
  if (const auto* words = std::get_if<std::string>(&piece)) return {*words, false};
  const ast::ExprId id = std::get<ast::ExprId>(piece);
  if (!whole_) return {"", true};
  if (const auto* who = std::get_if<SubjectRef>(&book_.resolved[id.index]))
    return {name_of(place.slots[who->slot], place.moment.date()), false};
  if (!can_be_asked(id, place)) return {"", true};
  const Answer answer = ask(id, place);
  const std::string plain = plain_words(answer, book_.type(id));
  if (!answer.unknown()) return {plain, false};
  return {plain.starts_with("unknown") ? "not known" : "not known (" + plain, true};
}

void Walk::sentence(std::size_t at, std::string_view key, const std::optional<ast::Template>& text,
                    const Place& place) {
  const std::string said(step(at).text(std::string(key)));
  if (!text || !step(at).text("result").starts_with("raised")) {
    if (!said.empty()) wrong(at, fmt::format("it has a {} that the text does not give it: `{}`", key, said));
    return;
  }
  std::vector<Piece> pieces;
  for (const auto& each : text->pieces) pieces.push_back(piece(each, place));
  std::string unlike;
  // From one piece to the next; what may be longer, as long as it has to be.
  const auto fits = [&](const auto& self, std::size_t next, std::size_t from, bool open) -> bool {
    if (next == pieces.size()) return from == said.size() || (open && in_titles(at, said.substr(from)));
    const std::string& words = pieces[next].words;
    if (unlike.empty() && said.find(words, from) == said.npos) unlike = words;
    for (std::size_t found = said.find(words, from); found != said.npos; found = said.find(words, found + 1)) {
      if (found != from && !open) return false;
      const bool between = found == from || in_titles(at, said.substr(from, found - from));
      if (between && self(self, next + 1, found + words.size(), pieces[next].open)) return true;
    }
    return false;
  };
  if (fits(fits, 0, 0, false)) return;
  wrong(at, unlike.empty() ? fmt::format("its {} is not what the text and the values give: `{}`", key, said)
                           : fmt::format("its {} does not say `{}`", key, unlike));
}

}  // namespace assay::verifier
