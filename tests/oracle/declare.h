// Declarations at random. Each adds to the world what it declares, so that what comes after may read it.
#pragma once

#include "tests/oracle/world.h"

namespace assay::oracle {

std::string evidence(Dice& dice, World& world, std::string name, Sort sort, const std::string& kind);
std::string parameter(Dice& dice, World& world, std::string name, Sort sort);
std::string define(Dice& dice, World& world, std::string name, Sort sort, const std::string& kind);
std::string rating(Dice& dice, World& world, std::string name, const std::string& kind);
std::string table(Dice& dice, World& world, std::string name, const std::string& kind);
std::string flag(Dice& dice, World& world, std::string name, const std::string& kind);
std::string regime(Dice& dice, World& world);
std::string interaction(Dice& dice, World& world, std::string name);

}  // namespace assay::oracle
