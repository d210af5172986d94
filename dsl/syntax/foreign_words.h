// How the language says what other languages and spreadsheets call by a function: for the help of whoever writes one.
#pragma once

#include <string_view>

namespace assay::syntax {

// "highest of (...)" for `max`; empty where nothing is known by that name. Capital and small letters are one.
std::string_view said_in_words(std::string_view function);

}  // namespace assay::syntax
