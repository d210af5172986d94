// The one-line form of a fault.
#include "evidence/core/result.h"

namespace assay {

std::string to_string(const Error& error) {
  std::string line;
  if (!error.place.empty()) line += error.place + ": ";
  line += error.message;
  if (!error.help.empty()) line += "; " + error.help;
  return line;
}

}  // namespace assay
