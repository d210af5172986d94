// The wording of what could not be read.
#include "dsl/syntax/unread.h"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "dsl/syntax/foreign_words.h"
#include "dsl/syntax/parse.h"
#include "dsl/syntax/tokens.h"
#include "dsl/syntax/words.h"
#include "evidence/core/text.h"

namespace assay::syntax {

namespace {

// More phrases than this at one place are the clauses of a declaration; the help names them.
constexpr std::size_t kPhrasesNamed = 4;

// The word, number, text or sign that begins at `at`.
std::size_t found_end(std::string_view text, std::size_t at) {
  for (const EndOfToken end_of : {&date_end, &money_end, &percent_end, &number_end, &qualified_name_end, &text_end}) {
    if (const std::size_t end = end_of(text, at); end > at) return end;
  }
  return character_end(text, at);
}

std::string listed(const Unread& unread) {
  std::vector<std::string> out = unread.descriptions;
  for (const std::string& word : unread.words) out.push_back(fmt::format("`{}`", word));
  return join_words(out, "or");
}

struct Found {
  std::string_view text;  // as written; empty at the end
  Span span;
};

Diagnostic name_is_a_word(const Found& found) {
  return {DiagnosticKind::NameIsAWord,
          found.span,
          fmt::format("`{}` is a word of the language, so it cannot be a name", found.text),
          {},
          fmt::format("say which, as in `national_{}`", found.text)};
}

// `max(...)`, or `sum (...)`: what stands before a bracket that has no place there is taken for a function.
std::optional<Diagnostic> function(const Found& found, std::string_view text) {
  if (found.text != "(") return std::nullopt;
  std::size_t end = found.span.begin;
  while (end > 0 && is_blank(text[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && is_name_character(text[begin - 1])) --begin;
  const std::string_view name = text.substr(begin, end - begin), words = said_in_words(name);
  if (words.empty() && (end != found.span.begin || begin == end || is_word(name))) return std::nullopt;
  return Diagnostic{
      DiagnosticKind::UnexpectedWord,
      {found.span.file, static_cast<std::uint32_t>(begin), found.span.end},
      fmt::format("`{}(` is written like a function; the language says it in words", name),
      {},
      words.empty() ? "a list in brackets follows `of`, as in `highest of (a, b)`" : fmt::format("write `{}`", words)};
}

bool is_name(std::string_view text) { return !text.empty() && name_end(text, 0) == text.size(); }

// Whether a name was looked for, and its line goes on with a word of the language: then it was meant to be one.
bool word_for_a_name(const Unread& unread, const Found& found, std::string_view text) {
  const auto wants_name = [](const std::string& what) { return what == "a name" || what.starts_with("a value"); };
  const std::size_t line = text.rfind('\n', found.span.begin) + 1;
  return is_word(found.text) && std::ranges::any_of(unread.descriptions, wants_name) &&
         skip_blanks(text, line) < found.span.begin;
}

// What to do about it, where that can be guessed.
std::string advice(const Unread& unread, const Found& found, std::string_view text, std::string_view what) {
  const std::size_t at = found.span.begin;
  const bool after_name = at > 0 && is_name_character(text[at - 1]);
  if (found.text == "=") return "to compare, write `is`";
  if (found.text == "." && after_name) return "a name is declared without the ruleset it belongs to";
  if (found.text == "-" && after_name) return "names are made of letters, digits and `_`";
  std::vector<std::string> phrases;
  std::ranges::copy_if(unread.words, std::back_inserter(phrases),
                       [](const std::string& word) { return is_letter(word.front()); });
  if (is_name(found.text)) {
    if (const std::optional<std::string> near = near_name(found.text, phrases))
      return fmt::format("did you mean `{}`?", *near);
  }
  if (word_for_a_name(unread, found, text))
    return fmt::format("`{}` is a word of the language, so it cannot be a name", found.text);
  if (unread.words.size() <= kPhrasesNamed) return {};
  return fmt::format("the {} can go on with {}", what, listed(unread));
}

// The declaration as a sentence names it.
std::string_view noun(std::string_view keyword) { return keyword == "define" ? "definition" : keyword; }

Diagnostic describe_unread(const Unread& unread, const ReadText& in) {
  const std::string_view text = std::string_view(in.sources.file(in.file).text()).substr(0, in.end);
  const auto at = static_cast<std::uint32_t>(std::min(unread.offset, in.end));
  const std::size_t end = at < in.end ? found_end(text, at) : at;
  const Found found{text.substr(at, end - at), {in.file, at, static_cast<std::uint32_t>(end)}};

  const bool only_a_name =
      unread.words.empty() && unread.descriptions.size() == 1 && unread.descriptions.front() == "a name";
  if (only_a_name && is_word(found.text)) return name_is_a_word(found);

  if (auto called = function(found, text)) return *std::move(called);

  const bool clauses = unread.words.size() > kPhrasesNamed;
  const std::string wanted = clauses ? fmt::format("a clause of the {}", noun(in.what)) : listed(unread);
  const std::string shown = found.text.starts_with('"') ? "a text" : fmt::format("`{}`", found.text);
  std::string message;
  if (found.text.empty()) {
    message = fmt::format("the {} ends where {} should stand", noun(in.what), wanted);
  } else if (wanted.empty()) {
    message = fmt::format("found {} where the {} should end", shown, noun(in.what));
  } else {
    message = fmt::format("found {} where {} should stand", shown, wanted);
  }
  return {
      DiagnosticKind::UnexpectedWord, found.span, std::move(message), {}, advice(unread, found, text, noun(in.what))};
}

}  // namespace

Diagnostic describe(const std::variant<Node, Unread, NestedTooFar>& found, const ReadText& in) {
  if (const auto* deep = std::get_if<NestedTooFar>(&found)) {
    const auto at = static_cast<std::uint32_t>(deep->offset);
    const std::string_view text = in.sources.file(in.file).text();
    const auto end = static_cast<std::uint32_t>(at < in.end ? found_end(text.substr(0, in.end), at) : at);
    return {DiagnosticKind::NestedTooDeep,
            {in.file, at, end},
            fmt::format("brackets, `not`s and operands go more than {} levels deep here", kNestingMax),
            {},
            "give a part of it a name of its own with `define`"};
  }
  return describe_unread(std::get<Unread>(found), in);
}

}  // namespace assay::syntax
