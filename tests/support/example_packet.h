// A small store with fixed moments and fixed keys, and the packet of one flag of it: the worked example of
// docs/formats/packet.md, and what tests of the verifier take apart.
#pragma once

#include <string>
#include <string_view>

#include "evidence/trail/checkpoint.h"

namespace assay::test {

// Seeds of bytes 01, 02 and 03: of the log, of a witness, and of somebody else who names a log alike.
SigningKey example_key();
SigningKey example_witness();
SigningKey other_key();

struct ExamplePacket {
  std::string text;
  std::string kept;  // the checkpoint after the run, cosigned by the witness
};
// Makes the store at the path. `wait` is what the evidence says of the council that is flagged, so that another one
// makes another log; `by` who recorded it.
ExamplePacket make_example_packet(const std::string& store, std::string_view wait = "31 days");

}  // namespace assay::test
