// The one translation unit that holds PEGTL: matches a declaration against the grammar and hands back plain nodes.
#include "dsl/syntax/read.h"

#include <tao/pegtl.hpp>

#include "dsl/syntax/grammar.h"

namespace assay::syntax {

namespace {

// The grammar's rules make the nodes themselves, so PEGTL need tell nobody how a match goes: this keeps it from
// writing out what it would tell, for hundreds of rules.
template <class Rule>
struct Untold : tao::pegtl::normal<Rule> {
  static constexpr bool enable = false;
};

Unread unread(const Furthest& furthest) {
  return {furthest.offset,
          {furthest.words.begin(), furthest.words.end()},
          {furthest.descriptions.begin(), furthest.descriptions.end()}};
}

template <class Rule>
std::variant<Node, Unread, NestedTooFar> read_rule(std::string_view text, std::size_t begin) {
  TextInput in(text, begin);
  try {
    if (!tao::pegtl::parse<Rule, tao::pegtl::nothing, Untold>(in)) return unread(in.furthest());
    return in.take_only_node();
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
