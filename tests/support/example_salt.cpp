// In place of the system's source of randomness, in the one test program that makes the worked example of a packet: the
// same salt each time, so that the example is the same bytes each time.
#include "evidence/trail/salt.h"

namespace assay {

std::string random_salt() { return "example_salt_16b"; }

}  // namespace assay
