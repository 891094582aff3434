from ilrs_science.catalogue.category import Category, Location, ScienceField


def test_there_are_four_categories_and_nine_fields():
    assert (len(Category), len(ScienceField)) == (4, 9)


def test_every_category_and_field_has_words_of_its_own():
    labels = [one.label for one in (*Category, *ScienceField)]
    assert len(set(labels)) == len(labels)
    assert all(label[0].isupper() and "_" not in label for label in labels)


def test_places_are_on_the_surface_or_in_orbit():
    assert [*Location] == ["any_surface", "polar", "near_side", "far_side", "orbit"]
