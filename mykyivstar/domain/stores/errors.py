"""What may be refused to whoever keeps the stores; each at the field where it is mended."""

from mykyivstar.kit.errors import CustomerError


class StoreCodeMalformed(CustomerError):
    """A code goes into addresses and files."""

    code = "stores.code_malformed"
    sentence = "A code has 2 to 48 small Latin letters, digits and dashes, for example {example}."
    field = "code"


class StoreCodeTaken(CustomerError):
    """Another store, perhaps one that is closed, has this code."""

    code = "stores.code_taken"
    sentence = "There is a store with this code already. Choose another one."
    field = "code"


class StoreNameMissing(CustomerError):
    """Ukrainian is the language that every text has."""

    code = "stores.name_missing"
    sentence = "Enter the name in Ukrainian."
    field = "name_uk"


class StoreCityMissing(CustomerError):
    """Ukrainian is the language that every text has."""

    code = "stores.city_missing"
    sentence = "Enter the city or village in Ukrainian."
    field = "city_uk"


class StoreAddressMissing(CustomerError):
    """Ukrainian is the language that every text has."""

    code = "stores.address_missing"
    sentence = "Enter street and house in Ukrainian."
    field = "address_uk"


class StoreTextTooLong(CustomerError):
    """More signs than a column keeps."""

    code = "stores.text_too_long"
    sentence = "One of the texts is too long: at most {most} signs."


class StoreHoursUnreadable(CustomerError):
    """Not opening hours; `rest` is where they stop being any, `example` is how they are written."""

    code = "stores.hours_unreadable"
    sentence = "The hours cannot be read from “{rest}” on. Write them like {example}."
    field = "opening_hours"


class StoreHoursTooLong(CustomerError):
    """More rules than are kept."""

    code = "stores.hours_too_long"
    sentence = (
        "The hours with their different days are longer than {most} signs. Remove a day that is no longer needed."
    )
    field = "opening_hours"


class StoreLatitudeUnreadable(CustomerError):
    """Not a number of degrees."""

    code = "stores.latitude_unreadable"
    sentence = "Enter the latitude in degrees, for example 50.4501."
    field = "latitude"


class StoreLongitudeUnreadable(CustomerError):
    """Not a number of degrees."""

    code = "stores.longitude_unreadable"
    sentence = "Enter the longitude in degrees, for example 30.5234."
    field = "longitude"


class StoreOutsideUkraine(CustomerError):
    """Stores are in Ukraine."""

    code = "stores.outside_ukraine"
    sentence = "{latitude}, {longitude} is not in Ukraine. Latitudes here are 44 to 52.5, longitudes 22 to 40.3."
    field = "latitude"


class StoreCoordinatesInterchanged(CustomerError):
    """In Ukraine, if read the other way round."""

    code = "stores.coordinates_interchanged"
    sentence = "Latitude and longitude are interchanged: the latitude is the larger one in Ukraine."
    field = "latitude"


class StorePhoneMalformed(CustomerError):
    """Nothing that could be dialled."""

    code = "stores.phone_malformed"
    sentence = "Enter a phone number of 3 to 20 digits, spaces, brackets and dashes, or leave it empty."
    field = "phone"


class StoreServicesMalformed(CustomerError):
    """Services are codes."""

    code = "stores.services_malformed"
    sentence = "Services are codes of small Latin letters and underscores with spaces between them."
    field = "services"


class StoreChangedMeanwhile(CustomerError):
    """Somebody else has changed it since the form was opened."""

    code = "stores.changed_meanwhile"
    sentence = (
        "Somebody has changed this store meanwhile. Look at their changes above and save again: yours are still here."
    )


class StoreClosedAlready(CustomerError):
    """It is closed for good, or is open again, already."""

    code = "stores.closed_already"
    sentence = "Somebody has closed or opened this store meanwhile. Look at it again."


class DifferentDayUnfit(CustomerError):
    """A day that has passed, or is more than a year away."""

    code = "stores.different_day_unfit"
    sentence = "Choose a day between today and a year from now."
    field = "day"


class DifferentHoursUnreadable(CustomerError):
    """Not the hours of one day."""

    code = "stores.different_hours_unreadable"
    sentence = (
        "Write the hours of that day like 10:00-15:00 or 09:00-12:00,13:00-17:00, or leave them empty if it is closed."
    )
    field = "hours"
