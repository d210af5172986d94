// Breaks by kind of node; a node without a row of its own breaks before the words that begin a part of it.
#include "dsl/format/breaks.h"

#include <algorithm>
#include <array>

#include "dsl/syntax/tokens.h"

namespace assay::format {

using syntax::Kind;
using syntax::Node;

namespace {

// What begins a part of a longer expression. `tail`: the part goes to the end of all that follows, so that parts that
// have room together stay together; else it is the part alone.
struct PartWord {
  std::string_view word;
  bool tail;
  std::size_t further;
};
constexpr auto kPartWords = std::to_array<PartWord>({
    {"among", true, 0},
    {"as", true, 0},  // as percent of
    {"because", true, 2},
    {"decided", false, 2},
    {"expecting", true, 0},
    {"for", false, 2},   // for 2 consecutive quarters
    {"gives", true, 7},  // under the cells of its row
    {"ignoring", true, 0},
    {"meet", false, 2},
    {"nearest", false, 2},
    {"rounded", true, 0},
    {"that", false, 2},  // that are, that meet
    {"ties", true, 0},
    {"until", true, 2},
    {"weighted", true, 0},
    {"where", false, 2},
    {"with", true, 0},  // with the same
});

const PartWord* part_word(std::string_view word) {
  const auto found = std::ranges::find(kPartWords, word, &PartWord::word);
  return found == kPartWords.end() ? nullptr : &*found;
}

bool is_simple(const Lexemes& in, const Node& node) { return in.end_of(node) - in.first_of(node) <= 3; }

bool is_digits(std::string_view text) { return std::ranges::all_of(text, syntax::is_digit); }

}  // namespace

BreakFinder::BreakFinder(const Lexemes& in) : in_(in) {
  out_.before.resize(in.all.size() + 1);
  out_.glued.resize(in.all.size() + 1);
  for (std::size_t at = 1; at < in.all.size(); ++at) {
    const std::string_view before = in.all[at - 1].text, here = in.all[at].text;
    out_.glued[at] = here == "," || here == ")" || before == "(";
    // yes/no, 1/3
    if (here == "/" && at + 1 < in.all.size()) {
      const std::string_view after = in.all[at + 1].text;
      if ((before == "yes" && after == "no") || (is_digits(before) && is_digits(after))) out_.glued[at] = true;
    }
    if (before == "/") out_.glued[at] = out_.glued[at] || out_.glued[at - 1];
  }
}

void BreakFinder::put(std::size_t at, Break found) {
  if (at < out_.before.size()) out_.before[at] = found;
}

void BreakFinder::declaration(const Node& node) { visit(node, in_.end_of(node)); }

void BreakFinder::visit(const Node& node, std::size_t tail) {
  const std::size_t first = in_.first_of(node), end = in_.end_of(node);
  if (first >= end) return;
  const bool signed_first = !node.children.empty() && node.children.front().begin == node.begin &&
                            node.children.front().kind == Kind::Word && in_.all[first].text == "-";
  if (signed_first && first + 1 < end) out_.glued[first + 1] = true;  // a minus that joins nothing
  if (node.kind == Kind::Name && end < in_.all.size() && in_.all[end].text == "(") out_.glued[end] = true;
  commas(node);
  parts(node, tail);
  for (const Node& child : node.children) {
    // What follows an amount's value is of its tail.
    const bool goes_on = node.kind == Kind::Amount && &child == &node.children.front();
    visit(child, goes_on ? std::max(end, tail) : in_.end_of(child));
  }
}

void BreakFinder::parts(const Node& node, std::size_t tail) {
  const std::size_t first = in_.first_of(node), end = in_.end_of(node);
  std::size_t after = first;  // where the words that lead to the next child begin
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const Node& child = node.children[i];
    const std::size_t lead = after, child_first = in_.first_of(child);
    after = std::max(after, in_.end_of(child));
    if (i == 0) {
      if (node.kind == Kind::GivenSubject || node.kind == Kind::GivenLink) given(node);
      continue;
    }
    const std::string_view word = lead < in_.all.size() ? in_.all[lead].text : std::string_view();
    const bool joins = child.kind == Kind::Word && lead == child_first;
    if (node.kind == Kind::Logic && joins) {
      put(lead, {BreakRule::Group, first, end, first, 0});
    } else if (node.kind == Kind::When) {
      put(lead, {word == "otherwise" ? BreakRule::Group : BreakRule::Next, first, end, first,
                 word == "otherwise" ? std::size_t{0} : std::size_t{2}});
    } else if (node.kind == Kind::But && word == "when") {
      put(lead, {BreakRule::Rest, first, in_.end_of(child), first, 4});
    } else if (node.kind == Kind::Compare) {
      put(lead, {BreakRule::Next, first, end, first, 2});
    } else if (node.kind == Kind::Sum && joins) {
      put(lead, {BreakRule::Next, first, end, first, 0});
    } else if (node.kind == Kind::Attribute && child.kind == Kind::Text) {
      put(lead, {BreakRule::Rest, first, end, first, 2});
    } else if (node.kind == Kind::Citation) {
      put(lead, {BreakRule::Next, first, end, first, 2});
    } else if (node.kind != Kind::GivenValue && child.kind != Kind::As) {
      part(node, lead, child, tail);
    }
  }
}

// At the first word that begins a part, among those that lead to the child.
void BreakFinder::part(const Node& node, std::size_t lead, const Node& child, std::size_t tail) {
  const std::size_t first = in_.first_of(node);
  for (std::size_t at = lead; at <= in_.first_of(child); ++at) {
    const PartWord* word = part_word(in_.all[at].text);
    if (!word) continue;
    const std::size_t until = word->tail ? std::max(tail, in_.end_of(node)) : in_.end_of(child);
    put(at, {BreakRule::Rest, first, until, first, word->further});
    return;
  }
}

// The subject and its values: on one line, or the values below.
void BreakFinder::given(const Node& node) {
  const Node* value = node.child(Kind::GivenValue);
  if (value == nullptr) return;
  const std::size_t given = in_.first_of(node) - 1;
  put(in_.first_of(*value), {BreakRule::Group, given, in_.end_of(node), given, 2, 2});
}

// Lists among the parts of a node. Long members stand one below the other, short ones fill their lines.
void BreakFinder::commas(const Node& node) {
  std::vector<const Node*> members;
  for (const Node& child : node.children) {
    const std::size_t first = in_.first_of(child);
    // In a list, what follows a member without a comma, as its weight does, is of that member.
    if (node.kind == Kind::List && !members.empty() && in_.all[first - 1].text != ",") continue;
    const bool goes_on =
        !members.empty() && (in_.all[first - 1].text == "," ||
                             (members.back()->kind == Kind::GivenValue && child.kind == Kind::GivenValue));
    if (!goes_on) {
      list_of(node, members);
      members.clear();
    }
    members.push_back(&child);
  }
  list_of(node, members);
}

void BreakFinder::list_of(const Node& node, const std::vector<const Node*>& members) {
  if (members.size() < 2) return;
  const bool long_members =
      node.kind == Kind::List && !std::ranges::all_of(members, [&](const Node* each) { return is_simple(in_, *each); });
  const BreakRule rule = members.front()->kind == Kind::Attribute ? BreakRule::Always
                         : long_members                           ? BreakRule::Group
                                                                  : BreakRule::Fill;
  const std::size_t anchor = in_.first_of(*members.front());
  const std::size_t end = node.kind == Kind::List ? in_.end_of(node) : in_.end_of(*members.back());
  for (std::size_t i = 1; i < members.size(); ++i) {
    put(in_.first_of(*members[i]), {rule, anchor, end, anchor, 0});
  }
}

}  // namespace assay::format
