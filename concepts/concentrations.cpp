#include "concepts/concentrations.h"

#include <fmt/format.h>

#include "base/error.h"

namespace noema::concepts {

nlohmann::json fields_of(const Concentrations& concentrations) {
  nlohmann::json fields = nlohmann::json::object();
  for (const ConcentrationField& field : kConcentrationFields) fields[field.name] = concentrations.*field.member;
  return fields;
}

Concentrations concentrations_in(const nlohmann::json& fields) {
  Concentrations concentrations;
  for (const ConcentrationField& field : kConcentrationFields) {
    const auto found = fields.find(field.name);
    const std::int64_t low = field.is_discount ? 1 : Concentrations::kMinStrength;
    const std::int64_t high = field.is_discount ? Concentrations::kMaxDiscount : Concentrations::kMaxStrength;
    if (found == fields.end() || !found->is_number_integer() || found->get<std::int64_t>() < low ||
        found->get<std::int64_t>() > high)
      throw base::Error(fmt::format("the concentration {} is missing or not within {} and {}; run `noema check`",
                                    field.name, low, high));
    concentrations.*field.member = found->get<std::int32_t>();
  }
  return concentrations;
}

Concentrations concentrations_of_format1(const std::vector<std::int64_t>& coded) {
  constexpr std::int64_t kOffset = 64;
  constexpr std::size_t kEarly = 4;  // early lives have no categories: the other four keep their defaults
  if (coded.size() != kConcentrationFields.size() && coded.size() != kEarly)
    throw base::Error(fmt::format("concentrations are {} integers, found {}; run `noema check`",
                                  kConcentrationFields.size(), coded.size()));
  nlohmann::json fields = fields_of(Concentrations{});
  for (std::size_t i = 0; i < coded.size(); ++i) fields[kConcentrationFields[i].name] = coded[i] - kOffset;
  return concentrations_in(fields);
}

}  // namespace noema::concepts
