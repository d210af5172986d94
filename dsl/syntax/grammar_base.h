// What the grammar is made of: words, signs and tokens that skip blanks before them, nodes of the tree, levels of
// nesting, and groups that say in one word what could stand somewhere. Included by the grammar only.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze_traits.hpp>

#include "dsl/syntax/node.h"
#include "dsl/syntax/parse.h"
#include "dsl/syntax/text_input.h"
#include "dsl/syntax/words.h"

namespace assay::syntax::grammar {

namespace pegtl = tao::pegtl;
using pegtl::apply_mode;
using pegtl::opt;
using pegtl::plus;
using pegtl::rewind_mode;
using pegtl::seq;
using pegtl::sor;
using pegtl::star;

// A string as a template argument.
template <std::size_t N>
struct Phrase {
  char text[N]{};
  consteval Phrase(const char (&from)[N]) { std::copy_n(from, N, text); }
  constexpr std::string_view view() const { return {text, N - 1}; }
};

// The words of a phrase in their order: word<"at least">. Each has its row in words.h.
template <Phrase P>
struct word {
  using rule_t = word;
  using subs_t = pegtl::type_list<>;
  // Of a copy: under the sanitizers g++ 12 compares no pointers into a template's argument when it compiles.
  static consteval bool all_in_the_table(Phrase<sizeof(P.text)> phrase) { return all_listed(phrase.view()); }
  static_assert(all_in_the_table(P), "every word of the grammar has a row in words.h");
  static bool match(TextInput& in) {
    const PhraseMatch found = match_phrase(in.text(), in.offset(), P.view());
    if (found.matched) {
      in.move_to(found.end);
    } else {
      in.missed_word(found.reached, found.remaining);
    }
    return found.matched;
  }
};

template <char C>
struct sign {
  using rule_t = sign;
  using subs_t = pegtl::type_list<>;
  static constexpr char kText[] = {C};
  static bool match(TextInput& in) {
    const std::size_t at = in.next();
    if (at < in.text().size() && in.text()[at] == C) {
      in.move_to(at + 1);
      return true;
    }
    in.missed_word(at, {kText, 1});
    return false;
  }
};

// One of the tokens of tokens.h.
template <EndOfToken End, Phrase Description>
struct token {
  using rule_t = token;
  using subs_t = pegtl::type_list<>;
  static bool match(TextInput& in) {
    const std::size_t at = in.next();
    const std::size_t end = End(in.text(), at);
    if (end > at) {
      in.move_to(end);
    } else {
      in.missed_description(at, Description.view());
    }
    return end > at;
  }
};

// Nothing but blanks up to the end.
struct finish {
  using rule_t = finish;
  using subs_t = pegtl::type_list<>;
  static bool match(TextInput& in) {
    const std::size_t at = in.next();
    if (at == in.text().size()) {
      in.move_to(at);
      return true;
    }
    in.missed_description(at, "");
    return false;
  }
};

// True, and nothing consumed, where the phrase follows.
template <Phrase P>
struct followed_by {
  using rule_t = followed_by;
  using subs_t = pegtl::type_list<>;
  static bool match(TextInput& in) { return match_phrase(in.text(), in.offset(), P.view()).matched; }
};

template <class Rule, class... R>
struct bracketed_match {
  using subs_t = pegtl::type_list<R...>;
  template <apply_mode A, rewind_mode M, template <class...> class Action, template <class...> class Control,
            class... States>
  static bool inner(TextInput& in, States&&... states) {
    return pegtl::internal::seq<R...>::template match<A, M, Action, Control>(in, states...);
  }
};

// The rules as one thing with a name, for messages; nothing is said of what is missing right at its beginning but that
// name.
template <Phrase Description, class... R>
struct group : bracketed_match<group<Description, R...>, R...> {
  using rule_t = group;
  template <apply_mode A, rewind_mode M, template <class...> class Action, template <class...> class Control,
            class... States>
  static bool match(TextInput& in, States&&... states) {
    const TextInput::Group before = in.open(Description.view());
    const bool matched = group::template inner<A, M, Action, Control>(in, states...);
    in.close(before);
    return matched;
  }
};
// What may go on where a thing could also end: never named as missing.
template <class... R>
using quiet = group<"", R...>;
template <class... R>
using maybe = opt<quiet<R...>>;
template <class... R>
using more = star<quiet<R...>>;

// One level of the author's nesting.
template <class... R>
struct level : bracketed_match<level<R...>, R...> {
  using rule_t = level;
  template <apply_mode A, rewind_mode M, template <class...> class Action, template <class...> class Control,
            class... States>
  static bool match(TextInput& in, States&&... states) {
    if (in.level == kNestingMax) throw TooDeep{in.next()};
    ++in.level;
    const bool matched = level::template inner<A, M, Action, Control>(in, states...);
    --in.level;
    return matched;
  }
};

// A rule that becomes a node of the tree.
template <Kind K, class... R>
struct node : bracketed_match<node<K, R...>, R...> {
  using rule_t = node;
  template <apply_mode A, rewind_mode M, template <class...> class Action, template <class...> class Control,
            class... States>
  static bool match(TextInput& in, States&&... states) {
    const TextInput::Opened opened = in.open_node();
    const bool matched = node::template inner<A, M, Action, Control>(in, states...);
    if (matched) in.close_node(K, opened);
    return matched;
  }
};

// A word whose text the lowering needs.
template <Phrase P>
struct mark : node<Kind::Word, word<P>> {};
template <char C>
struct mark_sign : node<Kind::Word, sign<C>> {};
template <Phrase... P>
struct one_mark : sor<mark<P>...> {};

}  // namespace assay::syntax::grammar

namespace tao::pegtl {
// For analyze(): what each of the rules above consumes.
template <class Name, assay::syntax::grammar::Phrase P>
struct analyze_traits<Name, assay::syntax::grammar::word<P>> : analyze_any_traits<> {};
template <class Name, char C>
struct analyze_traits<Name, assay::syntax::grammar::sign<C>> : analyze_any_traits<> {};
template <class Name, assay::syntax::EndOfToken End, assay::syntax::grammar::Phrase D>
struct analyze_traits<Name, assay::syntax::grammar::token<End, D>> : analyze_any_traits<> {};
template <class Name>
struct analyze_traits<Name, assay::syntax::grammar::finish> : analyze_opt_traits<> {};
template <class Name, assay::syntax::grammar::Phrase P>
struct analyze_traits<Name, assay::syntax::grammar::followed_by<P>> : analyze_opt_traits<> {};
template <class Name, assay::syntax::Kind K, class... R>
struct analyze_traits<Name, assay::syntax::grammar::node<K, R...>> : analyze_seq_traits<R...> {};
template <class Name, assay::syntax::grammar::Phrase D, class... R>
struct analyze_traits<Name, assay::syntax::grammar::group<D, R...>> : analyze_seq_traits<R...> {};
template <class Name, class... R>
struct analyze_traits<Name, assay::syntax::grammar::level<R...>> : analyze_seq_traits<R...> {};
}  // namespace tao::pegtl
