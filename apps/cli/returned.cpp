// Items read from their rows, with the documents that they name; no item is ever blank.
#include "apps/cli/returned.h"

#include <algorithm>

#include "engine/eval/reading.h"
#include "evidence/core/text.h"
#include "evidence/import/quality_statements.h"

namespace assay::cli {

namespace {

constexpr std::string_view kReturn = "council.information_return.";

std::string field(std::string_view name) { return std::string(kReturn).append(name); }

// "EV014 section 3; EV101": the longest reference of the library with which a piece begins, and the rest.
std::vector<NamedDocument> documents_named(const std::string& text, const std::vector<LibraryDocument>& library) {
  std::vector<NamedDocument> named;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find_first_of(";\n", at), text.size());
    const std::string piece(trim(std::string_view(text).substr(at, end - at)));
    at = end + 1;
    if (piece.empty()) continue;
    NamedDocument one;
    for (const LibraryDocument& document : library) {
      const std::string& reference = document.reference;
      const bool begins = piece.starts_with(reference) &&
                          (piece.size() == reference.size() ||
                           std::string_view(" ,:(").find(piece[reference.size()]) != std::string_view::npos);
      if (begins && reference.size() > one.reference.size()) one.reference = reference, one.document = &document;
    }
    if (!one.document) one.reference = piece.substr(0, piece.find_first_of(" ,:("));
    std::string_view rest = std::string_view(piece).substr(one.reference.size());
    while (!rest.empty() && std::string_view(" ,:").find(rest.front()) != std::string_view::npos) rest.remove_prefix(1);
    if (rest.starts_with('(') && rest.ends_with(')')) rest = rest.substr(1, rest.size() - 2);
    one.section = rest;
    named.push_back(std::move(one));
  }
  return named;
}

void judge(ReturnItem& item, const Said& answer, const Said& reason) {
  const bool named = !item.partner.text.empty() || std::any_of(item.documents.begin(), item.documents.end(),
                                                               [](const auto& one) { return one.document != nullptr; });
  item.why = reason.text;
  if (answer.text == "met") {
    item.answered = named ? Answered::Met : Answered::NotMet;
    if (!named) item.why = "said to be met, and nothing held here is named that meets it";
  } else if (answer.text == "part_met") {
    item.answered = Answered::PartMet;
    if (item.why.empty()) item.why = "what is wanting has not been said";
  } else if (answer.text == "not_applicable" && !reason.text.empty()) {
    item.answered = Answered::NotApplicable;
  } else if (answer.text == "not_applicable") {
    item.why = "said not to apply, and no reason given";
  } else if (item.why.empty()) {
    item.why = answer.text.empty() ? "no answer is recorded" : "why has not been said";
  }
}

// "2" before "10", "10" before "10a".
bool comes_before(const std::string& a, const std::string& b) {
  const auto number = [](const std::string& text) {
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
    return std::pair(digits, text.substr(0, digits));
  };
  const auto left = number(a), right = number(b);
  return left == right ? a < b : left < right;
}

void read_items(const Snapshot& snapshot, Date as_at, InformationReturn& found) {
  const KindId relation = *snapshot.schema().find_kind("item_of_return");
  const std::string before = snapshot.subject(found.subject).code + "/";
  for (const SubjectId link : snapshot.links_to(relation, found.subject)) {
    if (!in_being(snapshot, link, as_at)) continue;
    const SubjectId subject = *snapshot.subject(link).from;
    const auto of = [&](std::string_view name) { return said(snapshot, field(name), subject, as_at); };
    ReturnItem item;
    const std::string& code = snapshot.subject(subject).code;
    item.number = code.starts_with(before) ? code.substr(before.size()) : code;
    item.wording = name_on(snapshot, subject, as_at);
    if (auto numbers = read_statements(of("asks_about").text)) item.statements = std::move(*numbers);
    item.documents = documents_named(of("answered_by").text, found.library);
    item.also_asked_by = of("also_asked_by");
    item.partner = of("partner");
    item.signed_off_by = of("signed_off_by");
    const Observation* effort = counting_row(snapshot, field("effort"), subject, as_at);
    if (effort && effort->standing == Standing::Held) item.effort = std::get<Decimal>(effort->value);
    judge(item, of("answer"), of("reason"));
    found.items.push_back(std::move(item));
  }
  std::sort(found.items.begin(), found.items.end(),
            [](const ReturnItem& a, const ReturnItem& b) { return comes_before(a.number, b.number); });
}

// The store as it stood when the sending was recorded, to the entry. Asked as known on a day, only if on that day: what
// was recorded later in the day was not sent.
Result<void> go_back_to_sending(Asked& asked, InformationReturn& found, std::optional<Date> on_day) {
  constexpr Date kWhenever{2'932'896};  // 9999-12-31: what was recorded of its sending, for whichever day
  const Observation* row = counting_row(*asked.snapshot, field("sent"), found.subject, kWhenever);
  if (!row || row->standing != Standing::Held || !std::holds_alternative<Date>(row->value)) return {};
  if (on_day && *on_day != row->recorded_on) return {};
  const Subject who = asked.snapshot->subject(found.subject);
  const Date known_on = row->recorded_on;
  found.sent = std::get<Date>(row->value);
  auto then = asked.store->snapshot(asked.book().schema, known_on, asked.snapshot->batch(row->batch).entry + 1);
  if (!then) return tl::unexpected(then.error());
  asked.snapshot = std::make_unique<Snapshot>(std::move(*then));
  asked.as_at = std::max(*found.sent, row->valid_from);
  asked.known_on = known_on;
  found.subject = *asked.snapshot->find(who.kind, who.code);
  return {};
}

}  // namespace

std::string_view to_words(Answered answered) {
  switch (answered) {
    case Answered::Met:
      return "met";
    case Answered::PartMet:
      return "part met";
    case Answered::NotMet:
      return "not met";
    case Answered::NotApplicable:
      return "not applicable";
  }
  return "";
}

std::vector<InformationReturn> returns_of(const Snapshot& snapshot, SubjectId council, Date as_at,
                                          const std::vector<LibraryDocument>& library) {
  std::vector<InformationReturn> found;
  const auto relation = snapshot.schema().find_kind("return_of_council");
  if (!relation || !snapshot.schema().find_kind("item_of_return")) return found;
  for (const SubjectId link : snapshot.links_to(*relation, council)) {
    if (!in_being(snapshot, link, as_at)) continue;
    InformationReturn one{.subject = *snapshot.subject(link).from,
                          .name = {},
                          .council = name_on(snapshot, council, as_at),
                          .sent = {},
                          .library = library,
                          .items = {}};
    one.name = name_on(snapshot, one.subject, as_at);
    found.push_back(std::move(one));
    read_items(snapshot, as_at, found.back());
  }
  return found;
}

int ask_return(CommonOptions& options, Asked& asked, InformationReturn& found, bool as_sent) {
  const bool may_be_as_sent = as_sent && options.as_at.empty();
  const bool dated = !options.known_on.empty();
  // What was known on a day is asked as at that day.
  if (options.as_at.empty()) options.as_at = options.known_on;
  if (const int exit = ask(options, asked); exit != kDone) return exit;
  if (options.words.size() != 1)
    return wrong_use("one return is wanted",
                     "for instance: assay return index STORE information_return:E06000014/LAIR-2027");
  const auto kind = asked.book().schema.find_kind("information_return");
  if (!kind || !asked.book().schema.find_kind("item_of_return"))
    return wrong_use("the rules declare no information return",
                     "use the shipped rulesets, or `use council.information_return`");
  auto subject = find_subject(asked.book(), *asked.snapshot, asked.as_at, options.words[0]);
  if (!subject) return tell(subject.error());
  if (asked.snapshot->subject(*subject).kind != *kind)
    return wrong_use(fmt::format("`{}` is no information return", options.words[0]));
  found.subject = *subject;
  if (may_be_as_sent)
    if (auto back = go_back_to_sending(asked, found, dated ? std::optional(asked.known_on) : std::nullopt); !back)
      return tell(back.error());
  const Snapshot& snapshot = *asked.snapshot;
  found.name = name_on(snapshot, found.subject, asked.as_at);
  const KindId relation = *snapshot.schema().find_kind("return_of_council");
  for (const SubjectId link : snapshot.links_from(relation, found.subject)) {
    const SubjectId council = *snapshot.subject(link).to;
    found.council = name_on(snapshot, council, asked.as_at);
    auto library = documents_of(snapshot, council, asked.as_at);
    if (!library) return tell(library.error());
    found.library = std::move(*library);
  }
  read_items(snapshot, asked.as_at, found);
  return kDone;
}

}  // namespace assay::cli
