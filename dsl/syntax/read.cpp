// The one translation unit that holds PEGTL: matches a declaration against the grammar and hands back plain nodes.
#include "dsl/syntax/read.h"

#include <memory>

#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/parse_tree.hpp>

#include "dsl/syntax/grammar.h"

namespace assay::syntax {

namespace {

struct MatchedNode : tao::pegtl::parse_tree::basic_node<MatchedNode> {
  Kind kind = Kind::Root;
  template <class Rule, class ParseInput, class... States>
  void success(const ParseInput& in, States&&... states) {
    basic_node::template success<Rule>(in, states...);
    kind = Rule::kind;
  }
};

// Rules with a kind become nodes; all others hand their children up.
template <class Rule>
    struct Selector : std::bool_constant < requires {
  Rule::kind;
} > {};

// Kinds that say nothing when they hold one child only: the steps from `value` down to `factor`.
bool only_a_step(Kind kind) {
  switch (kind) {
    case Kind::When:
    case Kind::Logic:
    case Kind::Test:
    case Kind::Compare:
    case Kind::Amount:
    case Kind::Sum:
    case Kind::Product:
    case Kind::Factor:
      return true;
    default:
      return false;
  }
}

Node plain(const MatchedNode& matched, std::string_view text) {
  if (only_a_step(matched.kind) && matched.children.size() == 1) return plain(*matched.children.front(), text);
  const auto offset = [&](const auto& place) { return static_cast<std::size_t>(place.data - text.data()); };
  Node out;
  out.kind = matched.kind;
  out.end = static_cast<std::uint32_t>(offset(matched.m_end));
  // Tokens skip the blanks before them, so a node begins after them; a mark of something that follows covers nothing.
  out.begin = std::min(static_cast<std::uint32_t>(skip_blanks(text, offset(matched.m_begin))), out.end);
  for (const auto& child : matched.children) out.children.push_back(plain(*child, text));
  return out;
}

Unread unread(const Furthest& furthest) {
  return {furthest.offset,
          {furthest.words.begin(), furthest.words.end()},
          {furthest.descriptions.begin(), furthest.descriptions.end()}};
}

template <class Rule>
std::variant<Node, Unread, NestedTooFar> read_rule(std::string_view text, std::size_t begin) {
  TextInput in(text, begin);
  try {
    const auto root = tao::pegtl::parse_tree::parse<Rule, MatchedNode, Selector>(in);
    if (!root) return unread(in.furthest());
    return plain(*root->children.front(), text);
  } catch (const TooDeep& deep) {
    return NestedTooFar{deep.offset};
  }
}

}  // namespace

std::variant<Node, Unread, NestedTooFar> read(std::string_view text, std::size_t begin, Reading what) {
  return what == Reading::Declaration ? read_rule<grammar::whole_declaration>(text, begin)
                                      : read_rule<grammar::whole_value>(text, begin);
}

}  // namespace assay::syntax
