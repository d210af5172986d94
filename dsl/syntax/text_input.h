// What PEGTL reads from: one declaration (or one expression in a text), which remembers the furthest place at which
// something was looked for and what could have stood there. Included by the grammar only.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include <tao/pegtl.hpp>

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

  int level = 0;  // of brackets, `not`s and operands now open

 private:
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
};

}  // namespace assay::syntax
