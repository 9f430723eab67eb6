#pragma once
// Topics as bytes, and back.

#include <string>
#include <string_view>

#include "concepts/company/topics.h"

namespace noema::concepts::company {

/// About 30 bytes a telling word, and 3 for each topic that it stands in.
std::string save(const Topics& topics);
/// Throws base::Error if the bytes are not what save() makes.
Topics load_topics(std::string_view bytes);

}  // namespace noema::concepts::company
