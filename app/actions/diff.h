#pragma once
// What two lives differ in: concepts, facts and thoughts that one has and the other has not. Ids differ between lives,
// so concepts are compared by kind and label, facts and thoughts by their words.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "memory/query.h"

namespace noema::app {

/// What one of the lives has alone, of one sort.
struct Difference {
  std::string what;                  ///< "concept", "fact" or "thought"
  std::vector<std::string> columns;  ///< the first of them tell one from another
  std::vector<std::vector<memory::QueryCell>> only_first, only_second;
  std::size_t common = 0;  ///< that both have
};

/// In the order concepts, facts, thoughts; each as of its life's checkpoint. O(concepts + facts + thoughts).
std::vector<Difference> diff(const std::string& first, const std::string& second, std::stop_token stop = {});

/// {"only_in":life,"what":"concept","kind","label","count"}, {...,"what":"fact","subject","relation","value","stands",
/// "since"}, {...,"what":"thought","kind","about","made","gain_bits"}: one object for each row.
std::vector<nlohmann::ordered_json> to_json(const Difference& difference, const std::string& first,
                                            const std::string& second);

}  // namespace noema::app
