#pragma once
// Concentrations of the sequence layer as named fields, for the journal and the checkpoint.

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "concepts/description.h"

namespace noema::concepts {

struct ConcentrationField {
  const char* name;
  std::int32_t Concentrations::*member;
  bool is_discount;
};

/// All of them, in the order in which they are hashed.
inline constexpr std::array<ConcentrationField, 8> kConcentrationFields{
    {{"row_discount", &Concentrations::row_discount, true},
     {"row_strength", &Concentrations::row_strength, false},
     {"rest_discount", &Concentrations::rest_discount, true},
     {"rest_strength", &Concentrations::rest_strength, false},
     {"category_discount", &Concentrations::category_discount, true},
     {"category_strength", &Concentrations::category_strength, false},
     {"member_discount", &Concentrations::member_discount, true},
     {"member_strength", &Concentrations::member_strength, false}}};

/// A JSON object with one integer for each, and back. Throws base::Error for fields that are none or out of range.
nlohmann::json fields_of(const Concentrations& concentrations);
Concentrations concentrations_in(const nlohmann::json& fields);

/// The concentrations of format 1: eight integers, each + 64, in the order of their declaration (of early lives four:
/// the others keep their defaults). Throws base::Error.
Concentrations concentrations_of_format1(const std::vector<std::int64_t>& coded);

}  // namespace noema::concepts
