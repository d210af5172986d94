// What the fuzz targets of import share: rules' evidence to import into, and what must hold of every import.
#pragma once

#include <string>
#include <string_view>

#include "evidence/core/schema.h"

namespace assay {

// Councils, systems, trusts, locations and England, with a field for each layout's code.
Schema fuzz_schema();
// Imports the file as the layout, or by its headings. A report counts the rows it gave; faults have a sentence each and
// leave no name behind.
void import_and_check(const std::string& path, std::string_view layout);
// The bytes as a file of this process, written anew each time.
std::string file_of_bytes(std::string_view bytes);

}  // namespace assay
