"""Shorter names of persons."""

from presstm.naming import linking


def test_initials_with_the_last_name_are_the_person_whose_full_name_they_fit():
    found = linking.shorter(["Jean-Marc Estève", "J.-M. Estève", "Anne Vial", "Alain Vial", "A. Vial"], first=True)
    assert {key: found.get(key) for key in ("jmesteve", "jesteve", "esteve", "avial", "vial")} == {
        "jmesteve": "Jean-Marc Estève",
        "jesteve": "Jean-Marc Estève",
        "esteve": "Jean-Marc Estève",
        "avial": None,
        "vial": None,
    }


def test_three_initials_without_points_are_the_person_whom_the_article_names_in_full():
    found = linking.shorter(["Dominique Orsan-Vial", "Jeanne Vial"], first=True)
    assert (found.get("dov"), found.get("jv")) == ("Dominique Orsan-Vial", None)
    assert "dov" not in linking.shorter(["Dominique Orsan-Vial"])


def test_initials_alone_are_a_full_name():
    assert linking.shorter(["P. Morvan"], first=True)["morvan"] == "P. Morvan"
