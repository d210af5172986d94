// The world's faults: what a function answers when a file, a store or an argument is not as it should be.
// An author's mistakes are Diagnostics (dsl/diagnostics); our own are CHECKs (check.h).
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace assay {

enum class ErrorCode {
  WrongUse,    // asked for something that does not exist or cannot be asked so: exit 2
  BadInput,    // the input could not be used: exit 3
  NotFound,    // a named file or subject is not there: exit 3
  Busy,        // somebody else holds the store; trying again later may work: exit 3
  Io,          // reading or writing failed: exit 3
  Corruption,  // the store or the trail is damaged: exit 4
};

// One clear sentence with its place and what to do.
struct Error {
  ErrorCode code = ErrorCode::BadInput;
  std::string message;  // what was found; lower case, no full stop
  std::string place;    // file, row and column, or empty
  std::string help;     // what to do, or empty
};

// "place: message; help".
std::string to_string(const Error& error);

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string place = {}, std::string help = {}) {
  return tl::unexpected<Error>({code, std::move(message), std::move(place), std::move(help)});
}

}  // namespace assay
