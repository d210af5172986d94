// What PEGTL reads from: one declaration (or one expression in a text), which keeps the nodes that matched, and
// remembers the furthest place at which something was looked for and what could have stood there. Included by the
// grammar only.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include <tao/pegtl.hpp>

#include "dsl/syntax/node.h"
#include "dsl/syntax/tokens.h"

namespace assay::syntax {

// What was looked for at the furthest place; `words` are phrases of the language, `descriptions` what stands for a
// choice of them.
struct Furthest {
  std::size_t offset = 0;
  std::vector<std::string_view> words;
  std::vector<std::string_view> descriptions;  // "a value", "a name"
};

// Thrown by a grammar rule and caught by read(): the author's brackets and operands go deeper than kNestingMax.
struct TooDeep {
  std::size_t offset;
};

class TextInput
    : public tao::pegtl::memory_input<tao::pegtl::tracking_mode::eager, tao::pegtl::eol::lf_crlf, std::string_view> {
 public:
  // Reads text from `begin` to its end.
  TextInput(std::string_view text, std::size_t begin)
      : memory_input(text.data() + begin, text.data() + text.size(), std::string_view()), text_(text) {
    furthest_.offset = begin;
  }

  std::size_t offset() const { return static_cast<std::size_t>(this->current() - text_.data()); }
  // Where the next thing begins.
  std::size_t next() const { return skip_blanks(text_, offset()); }
  std::string_view text() const { return text_; }
  void move_to(std::size_t end) { this->bump(end - offset()); }

  // While a group is open, what is missing right at its beginning is put down as the description of the group; an empty
  // one is put down as nothing. The outermost of two groups that begin at one place speaks.
  struct Group {
    std::size_t begin;
    std::string_view description;
  };
  Group open(std::string_view description) {
    const Group before = group_;
    if (group_.begin != next()) group_ = {next(), description};
    return before;
  }
  void close(Group before) { group_ = before; }

  void missed_word(std::size_t at, std::string_view word) { missed(at, word, &Furthest::words); }
  void missed_description(std::size_t at, std::string_view description) {
    missed(at, description, &Furthest::descriptions);
  }

  const Furthest& furthest() const { return furthest_; }

  // A node takes in those that matched since it was opened; the blanks before it are not of it.
  struct Opened {
    std::size_t begin;
    std::size_t nodes;
  };
  Opened open_node() const { return {next(), nodes_.size()}; }
  void close_node(Kind kind, Opened opened) {
    if (only_a_step(kind) && nodes_.size() == opened.nodes + 1) return;
    const std::size_t end = offset();
    // A mark of something that follows covers nothing.
    Node node = {kind, static_cast<std::uint32_t>(std::min(opened.begin, end)), static_cast<std::uint32_t>(end), {}};
    const auto first = nodes_.begin() + static_cast<std::ptrdiff_t>(opened.nodes);
    node.children.assign(std::move_iterator(first), std::move_iterator(nodes_.end()));
    nodes_.erase(first, nodes_.end());
    nodes_.push_back(std::move(node));
  }
  Node take_only_node() { return std::move(nodes_.front()); }

  // PEGTL's way back to where a rule began when it fails, which here forgets the nodes of what failed too.
  template <tao::pegtl::rewind_mode M>
  auto mark() {
    if constexpr (M == tao::pegtl::rewind_mode::required) {
      return WayBack(*this);
    } else {
      return memory_input::mark<M>();
    }
  }

  int level = 0;  // of brackets, `not`s and operands now open

 private:
  class WayBack {
   public:
    static constexpr auto next_rewind_mode = tao::pegtl::rewind_mode::active;
    explicit WayBack(TextInput& in) : in_(in), place_(in.iterator()), nodes_(in.nodes_.size()) {}
    bool operator()(bool matched) const {
      if (!matched) {
        in_.iterator() = place_;
        in_.nodes_.resize(nodes_);
      }
      return matched;
    }

   private:
    TextInput& in_;
    iterator_t place_;
    std::size_t nodes_;
  };

  // Kinds that say nothing when they hold one child only: the steps from `value` down to `factor`.
  static bool only_a_step(Kind kind) {
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

  void missed(std::size_t at, std::string_view what, std::vector<std::string_view> Furthest::*list) {
    if (at < furthest_.offset) return;
    if (at > furthest_.offset) furthest_ = {at, {}, {}};
    if (at == group_.begin) {
      what = group_.description;
      list = &Furthest::descriptions;
    }
    if (what.empty()) return;
    for (const std::string_view known : furthest_.*list) {
      if (known == what) return;
    }
    (furthest_.*list).push_back(what);
  }

  std::string_view text_;
  Group group_ = {static_cast<std::size_t>(-1), {}};
  Furthest furthest_;
  std::vector<Node> nodes_;  // matched and not yet inside another
};

}  // namespace assay::syntax
