// Text as people write it: UTF-8, its normal form, and the near name to suggest.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace assay {

// Byte offset of the first byte that is not UTF-8; nothing when all is well.
std::optional<std::size_t> first_bad_utf8(std::string_view text);
// Of text in Windows-1252, Western Europe's alphabet before UTF-8; nothing where a byte stands for none of its letters.
std::optional<std::string> utf8_of_windows_1252(std::string_view text);
std::string to_nfc(std::string_view text);  // text must be UTF-8
std::string lower_case(std::string_view ascii);
std::string fold_case(std::string_view text);  // of any script, in normal form C; text must be UTF-8
std::string_view trim(std::string_view text);  // white space, no-break spaces among it
// "a", "a and b", "a, b and c".
std::string join_words(std::span<const std::string> words, std::string_view last = "and");
std::string html_escape(std::string_view text);
// The candidate that was probably meant: smallest edit distance, at most a third of the name's length (at least 1), the
// first among equals. Two neighbours swapped count one; the case of letters counts nothing.
std::optional<std::string> near_name(std::string_view name, std::span<const std::string> candidates);

}  // namespace assay
