#pragma once
// How a sentence holds a thing: as a filler, as a part of one, or as a constant of the template.

#include <cstdint>
#include <optional>

#include "concepts/facts/key.h"
#include "concepts/facts/told.h"

namespace noema::concepts::facts {

/// Stands for a slot where the thing is a constant of the template.
inline constexpr std::uint32_t kConstant = 63;

/// The template, and whether it codes the sentence: the newest sentence that "_ _ ." codes is not the newest that it
/// describes.
inline Key key_of(const Description& description) { return mixed({description.form, description.is_code}); }

struct Holding {
  std::uint32_t slot = 0;  ///< that holds the thing, or kConstant
  Key around = 0;          ///< the words beside it in its filler ("the _ there"); 0 if it is the whole filler
  /// The slot as a bit; none for a constant.
  std::uint32_t bit() const { return slot < kConstant ? 1U << slot : 0; }
};

/// The first slot whose filler has these words, or holds them and others. O(words of the fillers).
std::optional<Holding> held_by(const Told& told, const Description& description, const Words& words);

/// The same of a name, which may be a constant of the template too.
std::optional<Holding> name_held_by(const Told& told, const Description& description, const Words& name);

/// The fillers but those in `slots` (bits), added to a key.
Key with_fillers_beside(Key key, const Description& description, std::uint32_t slots);

}  // namespace noema::concepts::facts
